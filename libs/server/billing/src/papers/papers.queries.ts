import { Inject, Injectable } from '@nestjs/common';
import { type CivilDate, type Quantity, quantityOf } from '@kvartal/domain';
import { NotFound, row, rows, type Tx } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import type { AccountKey } from '../statements/services.queries';
import type { AccountAct, AccountBenefit, AccountPapers, ActKind } from './papers.types';

type Db = Pick<Tx, 'query'>;

interface PaperRow {
  id: string;
  service: string | null;
  document: string;
  from: CivilDate;
  to: CivilDate | null;
  author: string | null;
  createdAt: Date;
}
type ActRow = PaperRow & {
  kind: ActKind;
  wholeHouse: boolean;
  people: string | null;
  hours: string | null;
  allowedHours: string | null;
  degreeHours: string | null;
  slots: { temperature: string; hours: string; night: boolean }[] | null;
  volume: string | null;
  coefficient: string | null;
};
type BenefitRow = PaperRow & {
  service: string;
  category: string;
  percent: string;
  beneficiaries: string | null;
  withinNorm: boolean;
};

const PAPER = `p.id, s.name as service, p.document, lower(p.valid)::text as "from", (upper(p.valid) - 1)::text as "to",
  coalesce(nullif(u.name, ''), u.login) as author, p.created_at as "createdAt"`;
const JOINED = `left join service s on s.organization_id = p.organization_id and s.id = p.service_id
  left join portal_user u on u.id = p.created_by`;

const ACTS = `
  select ${PAPER}, p.kind, p.account_id is null as "wholeHouse", p.people, p.hours, p.allowed_hours as "allowedHours",
    p.degree_hours as "degreeHours", p.slots, p.volume, p.coefficient
  from account_act p ${JOINED}
  where p.organization_id = $1 and p.house_id = $3 and (p.account_id = $2 or p.account_id is null) and upper_inf(p.known)
  order by lower(p.valid) desc, p.id desc`;
const BENEFITS = `
  select ${PAPER}, p.category, p.percent, p.beneficiaries, p.within_norm as "withinNorm"
  from benefit_right p ${JOINED}
  where p.organization_id = $1 and p.account_id = $2 and upper_inf(p.known) order by lower(p.valid) desc, p.id desc`;

/** Coefficients and per cents are kept to hundred-millionths; people see six decimals at most. */
const PER_QUANTITY = 100n;
const quantityIn = (text: string | null): Quantity | null =>
  text === null ? null : quantityOf(BigInt(text));

/** What is known of an account by acts and benefits. */
@Injectable()
export class PapersQueries {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** What stands now. Throws NotFound where the organisation has no such account. */
  async of({ organizationId, accountId }: AccountKey, db: Db = this.db): Promise<AccountPapers> {
    const account = await row<{ houseId: string }>(
      db,
      'select house_id as "houseId" from account where organization_id = $1 and id = $2',
      [organizationId, accountId],
    );
    if (!account) throw new NotFound();
    const acts = await rows<ActRow>(db, ACTS, [organizationId, accountId, account.houseId]);
    const benefits = await rows<BenefitRow>(db, BENEFITS, [organizationId, accountId]);
    return { acts: acts.map(actOf), benefits: benefits.map(benefitOf) };
  }
}

function actOf({
  slots,
  people,
  hours,
  allowedHours,
  degreeHours,
  volume,
  coefficient,
  ...act
}: ActRow): AccountAct {
  return {
    ...act,
    people: quantityIn(people),
    hours: quantityIn(hours),
    allowedHours: quantityIn(allowedHours),
    degreeHours: quantityIn(degreeHours),
    volume: quantityIn(volume),
    coefficient: coefficient === null ? null : quantityOf(BigInt(coefficient) / PER_QUANTITY),
    temperatures: (slots ?? []).map((slot) => ({
      temperature: quantityOf(BigInt(slot.temperature)),
      hours: quantityOf(BigInt(slot.hours)),
      night: slot.night,
    })),
  };
}

const benefitOf = ({ percent, beneficiaries, ...benefit }: BenefitRow): AccountBenefit => ({
  ...benefit,
  percent: quantityOf(BigInt(percent) / PER_QUANTITY),
  beneficiaries: quantityIn(beneficiaries),
});
