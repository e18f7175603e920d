import { firstDay, quantityOf } from '@kvartal/domain';
import type { Tx } from '@kvartal/platform';
import type { Catalogue } from './closing.catalogue';
import { type SnapshotScope, ofHouses } from './closing.drafts';
import { believed } from './closing.known';
import type { MonthReading, RegisterDraft } from './closing.meters';
import { copyOut } from './copy';

interface CorrectionsWanted {
  catalogue: Catalogue;
  scope: SnapshotScope;
  registers: ReadonlyMap<number, RegisterDraft>;
}

/**
 * Puts corrections of closed months' readings in their place: the month itself is charged anew by them, and later ones
 * begin where they say. A town has few, and a batch without any pays for one look into an index.
 */
export async function overlayCorrections(
  tx: Tx,
  { catalogue, scope, registers }: CorrectionsWanted,
  months: { now: number; of: (firstDayOfMonth: number) => number },
): Promise<void> {
  if (registers.size === 0) return;
  const found = await copyOut(
    tx,
    `select c.register_id, c.id, c.month, c.taken_on, c.value from reading_correction c
     where ${ofHouses(scope, 'c')} and ${believed('c.known', scope.knownAt)} and c.month <= '${firstDay(catalogue.period.month)}' order by c.id`,
  );
  while (found.next()) {
    const register = registers.get(found.id());
    const id = `correction ${found.id()}`;
    const month = months.of(found.day(0));
    const reading = { id, month, on: found.day(0), value: quantityOf(found.big()) };
    if (register) correct(register, reading, months.now);
  }
}

function correct(register: RegisterDraft, reading: MonthReading, now: number): void {
  if (reading.month === now) {
    register.current = reading;
    return;
  }
  const others = register.earlier.filter(({ month }) => month !== reading.month);
  register.earlier = [...others, reading].sort((one, other) => one.month - other.month || one.on - other.on);
}
