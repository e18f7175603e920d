import { Inject, Injectable } from '@nestjs/common';
import { type Country } from '@kvartal/auth';
import { todayIn } from '@kvartal/domain';
import { Clock, isId, rows } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import type { Currency, Organization } from './organizations.types';

/** Columns of an organisation `o`, for a statement that reads it beside something else. */
export const ORGANIZATION_COLUMNS = `o.id, o.name, o.short_name as "shortName", o.country, o.currency,
  o.tax_id as "taxId", o.time_zone as "timeZone", o.requisites`;

export interface OrganizationColumns {
  id: string;
  name: string;
  shortName: string;
  country: Country;
  currency: Currency;
  taxId: string;
  timeZone: string;
  requisites: Partial<Record<'phone' | 'dispatcherPhone' | 'address' | 'email' | 'site', string>>;
}

/** The row as the outside sees it, at an instant. */
export function organizationView(
  { timeZone, requisites, ...organization }: OrganizationColumns,
  now: Date,
): Organization {
  const { phone = '', dispatcherPhone = '', address = '', email = '', site = '' } = requisites;
  return { ...organization, phone, dispatcherPhone, address, email, site, today: todayIn(now, timeZone) };
}

/** Organisations: their names, requisites and the date at their place. */
@Injectable()
export class OrganizationsQueries {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Those of the ids that exist, by name. */
  async listOf(ids: readonly string[]): Promise<Organization[]> {
    return this.list('where o.id = any($1::bigint[])', [ids.filter(isId)]);
  }

  /** Those whose residents come in by this portal, by name. */
  async listOfPortal(portalId: string): Promise<Organization[]> {
    return this.list('where o.id in (select organization_id from portal_organization where portal_id = $1)', [
      portalId,
    ]);
  }

  private async list(which: string, parameters: readonly unknown[]): Promise<Organization[]> {
    const now = await this.clock.now();
    const found = await rows<OrganizationColumns>(
      this.db,
      `select ${ORGANIZATION_COLUMNS} from organization o ${which} order by o.short_name, o.id`,
      parameters,
    );
    return found.map((one) => organizationView(one, now));
  }
}
