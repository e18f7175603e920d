import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import { rows } from '@kvartal/platform';
import type { Country } from '../auth.enums';
import { type PortalRules, type PortalSettings, portalRules } from './portal.rules';

export interface KnownPortal {
  id: string;
  slug: string;
  host: string | null;
  name: string;
  country: Country;
  locale: string;
  /** Of its first organisation: what «today» is on pages where no organisation is chosen. */
  timeZone: string;
  rules: PortalRules;
}

const FRESH_MS = 30_000;
const SELECT = `select p.id, p.slug, p.host, p.name, p.country, p.locale, p.settings, coalesce(
    (select o.time_zone from portal_organization po join organization o on o.id = po.organization_id
     where po.portal_id = p.id order by o.id limit 1),
    case p.country when 'KZ' then 'Asia/Almaty' else 'Europe/Moscow' end) as "timeZone"
  from portal p order by p.id`;

/** Which residents' site a request is for. There are few portals and they hardly change: kept for half a minute. */
@Injectable()
export class Portals {
  private known: KnownPortal[] = [];
  private readAt = -FRESH_MS;

  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /**
   * The portal that the header `x-kvartal-portal` names; else the one of the host name; else the first. Undefined where
   * the header names none of ours. `isNamed` says that the request itself told, by header or host.
   */
  async find(request: Request): Promise<{ portal: KnownPortal | undefined; isNamed: boolean }> {
    const portals = await this.list();
    const slug = request.get('x-kvartal-portal');
    if (slug !== undefined) return { portal: portals.find((one) => one.slug === slug), isNamed: true };
    const hosted = portals.find(({ host }) => host !== null && host === request.hostname);
    return { portal: hosted ?? portals[0], isNamed: hosted !== undefined };
  }

  async get(id: string): Promise<KnownPortal | undefined> {
    return (await this.list()).find((one) => one.id === id);
  }

  private async list(): Promise<readonly KnownPortal[]> {
    if (performance.now() - this.readAt < FRESH_MS && this.known.length) return this.known;
    const found = await rows<Omit<KnownPortal, 'rules'> & { settings: PortalSettings }>(this.db, SELECT);
    this.known = found.map(({ settings, ...portal }) => ({ ...portal, rules: portalRules(settings) }));
    this.readAt = performance.now();
    return this.known;
  }
}
