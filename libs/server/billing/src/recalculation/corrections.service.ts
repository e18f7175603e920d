import { Inject, Injectable } from '@nestjs/common';
import { type Quantity, firstDay, monthOf, quantityOf, quantityText } from '@kvartal/domain';
import {
  Clock,
  NotFound,
  Refusal,
  type RefusalDetail,
  type Staff,
  type Tx,
  audit,
  inTransaction,
  requireIds,
  row,
  rows,
} from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { enterLedger } from '../ledger';
import type { CorrectReadingInput } from './recalculations.types';

const LONGEST_DOCUMENT = 200;

/** Whose reading was corrected. */
export interface CorrectedPlace {
  houseId: string;
  accountId: string;
  isNew: boolean;
}

interface Place {
  houseId: string;
  accountId: string;
  isClosed: boolean;
  /** The first value that its digits cannot show. */
  capacity: string;
  /** What was read in the months before and after, as corrected. */
  before: string | null;
  after: string | null;
}

/** Readings of closed months never change: what they should have been is said beside them, and the months charged anew. */
@Injectable()
export class ReadingCorrections {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Corrects a closed reading; a later correction of the same month takes its place, and the same `clientKey` again makes
   * nothing new. Refuses REQUIRED, TOO_LONG, NUMBER_OUT_OF_RANGE, LESS_THAN_PREVIOUS, PERIOD_NOT_CLOSED at `takenOn` and
   * IDEMPOTENCY_KEY_REUSED; throws NotFound for a register that is not of one of the organisation's accounts.
   */
  async correct(viewer: Staff, input: CorrectReadingInput): Promise<void> {
    await inTransaction(this.db, async (tx) => {
      await enterLedger(tx, input.organizationId);
      await this.enter(tx, viewer, input);
    });
  }

  /** The same in a transaction that has entered the ledger. Answers whose months it is about; isNew: whether it was made now. */
  async enter(tx: Tx, viewer: Staff, input: CorrectReadingInput): Promise<CorrectedPlace> {
    const { organizationId, registerId } = input;
    requireIds(organizationId, registerId);
    const refusals = refusalsOf(input);
    if (refusals.length > 0) throw new Refusal(refusals);
    // behind the door, as everybody who writes what is known since a moment
    const at = await this.clock.now();
    const place = await findPlace(tx, input);
    const { houseId, accountId, isClosed } = place;
    if (await isSent(tx, input)) return { houseId, accountId, isNew: false };
    if (!isClosed) throw new Refusal('PERIOD_NOT_CLOSED', { path: ['takenOn'] });
    refuseImpossible(input.value, place);
    const id = await enter(tx, input, { houseId, by: viewer.userId, at });
    await audit(tx, viewer, {
      at,
      action: 'reading.correct',
      organizationId,
      objectKind: 'reading_correction',
      objectId: id,
      details: { registerId, month: monthOf(input.takenOn) },
    });
    return { houseId, accountId, isNew: true };
  }
}

function refusalsOf({ document, value }: CorrectReadingInput): RefusalDetail[] {
  const { length } = document.trim();
  return [
    ...(length === 0 ? [{ code: 'REQUIRED' as const, path: ['document'] }] : []),
    ...(length > LONGEST_DOCUMENT
      ? [{ code: 'TOO_LONG' as const, path: ['document'], params: { max: LONGEST_DOCUMENT, length } }]
      : []),
    ...(value < 0n ? [{ code: 'NUMBER_OUT_OF_RANGE' as const, path: ['value'] }] : []),
  ];
}

/** Where the register is; one correction of it after the other. */
async function findPlace(
  tx: Tx,
  { organizationId, registerId, takenOn }: CorrectReadingInput,
): Promise<Place> {
  const found = await row<Place>(
    tx,
    `with known as materialized (
       select month, value, false as is_correction from reading
       where organization_id = $1 and register_id = $2 and settles and source <> 'ESTIMATE'
       union all
       select month, value, true from reading_correction where organization_id = $1 and register_id = $2 and upper_inf(known))
     select m.house_id as "houseId", m.account_id as "accountId", (10 ^ r.digits * 1000000)::bigint::text as capacity, exists (
       select from period p where p.organization_id = $1 and p.month = $3 and p.state = 'CLOSED') as "isClosed",
       (select value::text from known where month < $3 order by month desc, is_correction desc limit 1) as before,
       (select value::text from known where month > $3 order by month, is_correction desc limit 1) as after
     from register r join meter m on m.organization_id = r.organization_id and m.id = r.meter_id
     where r.organization_id = $1 and r.id = $2 and m.account_id is not null for no key update of r`,
    [organizationId, registerId, firstDay(monthOf(takenOn))],
  );
  if (!found) throw new NotFound();
  return found;
}

/** A value runs backwards where the counter would have gone through most of its digits between two readings. */
const runsBack = (from: bigint, to: bigint, capacity: bigint): boolean =>
  to < from && (capacity - from + to) * 2n > capacity;

/** Between what was read before and after; a counter may pass through zero. */
function refuseImpossible(value: Quantity, { capacity, before, after }: Place): void {
  const most = BigInt(capacity);
  const path = ['value'];
  if (value >= most) throw new Refusal('NUMBER_OUT_OF_RANGE', { path });
  if (before !== null && runsBack(BigInt(before), value, most))
    throw new Refusal('LESS_THAN_PREVIOUS', {
      path,
      params: { value: quantityText(value), previous: quantityText(quantityOf(BigInt(before))) },
    });
  if (after !== null && runsBack(value, BigInt(after), most))
    throw new Refusal('NUMBER_OUT_OF_RANGE', {
      path,
      params: {
        least: quantityText(quantityOf(BigInt(before ?? '0'))),
        most: quantityText(quantityOf(BigInt(after))),
      },
    });
}

async function isSent(tx: Tx, input: CorrectReadingInput): Promise<boolean> {
  const { organizationId, registerId, takenOn, value, document, clientKey } = input;
  const sent = await row<{ isSame: boolean }>(
    tx,
    `select (register_id, taken_on, value, document) = ($3::bigint, $4::date, $5::bigint, $6) as "isSame"
     from reading_correction where organization_id = $1 and client_key = $2`,
    [organizationId, clientKey, registerId, takenOn, value, document.trim()],
  );
  if (sent && !sent.isSame) throw new Refusal('IDEMPOTENCY_KEY_REUSED', { path: ['clientKey'] });
  return sent !== undefined;
}

async function enter(
  tx: Tx,
  { organizationId, registerId, takenOn, value, document, clientKey }: CorrectReadingInput,
  { houseId, by, at }: { houseId: string; by: string; at: Date },
): Promise<string> {
  const month = firstDay(monthOf(takenOn));
  await rows(
    tx,
    `update reading_correction set known = tstzrange(lower(known), greatest($4, lower(known) + interval '1 microsecond'))
     where organization_id = $1 and register_id = $2 and month = $3 and upper_inf(known)`,
    [organizationId, registerId, month, at],
  );
  const added = await row<{ id: string }>(
    tx,
    `insert into reading_correction (organization_id, house_id, register_id, month, taken_on, value, document, known,
       client_key, created_by, created_at)
     select $1, $2, $3, $4, $5, $6, $7, tstzrange(greatest($10, (select max(upper(c.known)) from reading_correction c
       where c.organization_id = $1 and c.register_id = $3 and c.month = $4)), null), $8, $9, $10
     returning id::text`,
    [organizationId, houseId, registerId, month, takenOn, value, document.trim(), clientKey, by, at],
  );
  return added?.id ?? '';
}
