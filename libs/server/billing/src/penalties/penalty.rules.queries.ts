import { type Tx, requireIds, rows } from '@kvartal/platform';
import { readCalendar } from '../catalogue/catalogue.queries';
import type { AllocationRule, PenaltyMoratorium, PenaltyRules, PenaltySchedule } from './penalty.types';

const VALID = `lower(r.valid)::text as "from", (upper(r.valid) - 1)::text as "to"`;
const OURS = `r.country = o.country and coalesce(r.organization_id, o.id) = o.id and upper_inf(r.known)`;

type ScheduleRow = Omit<PenaltySchedule, 'bands'> & {
  fromDays: number[];
  numerators: number[];
  denominators: number[];
};

const SCHEDULES = `
  select r.id, r.organization_id is null as "isLaw", r.payer, r.service_group as "group", r.from_days as "fromDays", r.numerators,
    r.denominators, r.is_capped as "isCapped", r.up_to_principal as "upToPrincipal", r.document, ${VALID}
  from organization o join penalty_schedule r on ${OURS} where o.id = $1
  order by r.organization_id nulls last, r.payer desc, r.service_group, lower(r.valid) desc`;
const MORATORIA = `
  select r.id, r.organization_id is null as "isLaw", a.number as "accountNumber", r.payer, r.service_group as "group", r.document,
    ${VALID}
  from organization o join penalty_moratorium r on ${OURS}
  left join account a on a.organization_id = r.organization_id and a.id = r.account_id
  where o.id = $1 order by lower(r.valid) desc, r.id desc`;
const ALLOCATION = `
  select r.id, r.mode, r.document, ${VALID} from allocation_rule r
  where r.organization_id = $1 and upper_inf(r.known) order by lower(r.valid) desc`;

/** As it is known now: the country's rows and the organisation's own. Throws NotFound. */
export async function readPenaltyRules(db: Pick<Tx, 'query'>, organizationId: string): Promise<PenaltyRules> {
  requireIds(organizationId);
  const { changesFrom } = await readCalendar(db, organizationId);
  return {
    changesFrom,
    schedules: (await rows<ScheduleRow>(db, SCHEDULES, [organizationId])).map(scheduleOf),
    moratoria: await rows<PenaltyMoratorium>(db, MORATORIA, [organizationId]),
    allocation: await rows<AllocationRule>(db, ALLOCATION, [organizationId]),
  };
}

function scheduleOf({ fromDays, numerators, denominators, ...schedule }: ScheduleRow): PenaltySchedule {
  const bands = fromDays.map((fromDay, place) => {
    const next = fromDays[place + 1];
    const [numerator = 0, denominator = 1] = [numerators[place], denominators[place]];
    return { fromDay, toDay: next === undefined ? null : next - 1, numerator, denominator };
  });
  return { ...schedule, bands };
}
