import { type SettledReading, firstDay, previousMonth, quantityOf } from '@kvartal/domain';
import type { Tx } from '@kvartal/platform';
import type { Catalogue } from './closing.catalogue';
import { type SnapshotScope, ofHouses } from './closing.drafts';
import type { RegisterDraft } from './closing.meters';
import { copyOut } from './copy';

/**
 * Where a price changes within the month, readings that settle nothing tell how much was used before and after: a
 * volume is split at them (specification B.6). In all other months nothing is read.
 */
export async function readBetween(
  tx: Tx,
  catalogue: Catalogue,
  scope: SnapshotScope,
  registers: ReadonlyMap<number, RegisterDraft>,
): Promise<void> {
  const { month } = catalogue.period;
  if (registers.size === 0 || !catalogue.changesPriceWithin()) return;
  const found = await copyOut(
    tx,
    `select r.register_id, r.id, r.taken_on, r.value from reading r
     where ${ofHouses(scope, 'r')} and r.month between '${firstDay(previousMonth(month))}' and '${firstDay(month)}'
       and r.state = 'ACCEPTED' and not r.settles and r.source not in ('INSTALLATION', 'ESTIMATE') and upper_inf(r.known)
     order by r.register_id, r.taken_on, r.id`,
  );
  while (found.next()) {
    const register = registers.get(found.id());
    const reading = { id: String(found.id()), on: found.day(0), value: quantityOf(found.big()) };
    if (register && register.account !== null && isBetween(register, reading))
      register.between = [...(register.between ?? []), reading];
  }
}

/** Whether a reading lies on the way from the previous one to this month's, by day and by value. */
function isBetween(register: RegisterDraft, { on, value }: SettledReading): boolean {
  const { previous, current, between = [], estimatedSince } = register;
  const before = between.at(-1) ?? previous;
  if (!before || !current || estimatedSince !== 0n) return false;
  return before.on < on && on < current.on && before.value <= value && value <= current.value;
}
