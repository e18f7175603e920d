import { type Dated, type Quantity, firstDay, lastDay, quantityOf } from '@kvartal/domain';
import type { Tx } from '@kvartal/platform';
import type { Catalogue } from './closing.catalogue';
import { type Drafts, EVER, type HouseDraft, type SnapshotScope, ofHouses } from './closing.drafts';
import { believed } from './closing.known';
import { Codes, copyOut } from './copy';

/** The facts that charges need. */
const FACTS = [
  'TOTAL_AREA',
  'HEATED_AREA',
  'COMMON_AREA',
  'RESIDENTS',
  'OWNERS',
  'METER_WORKING',
  'METER_LOST',
  'METER_IRRIGATION',
] as const;
const FACT_CODES = new Codes(FACTS);
const SUBJECTS = new Codes(['HOUSE', 'PREMISES', 'ACCOUNT', 'METER'] as const);

/** Reads what was true on some day of the month, as the scope knows it: areas, residents, which meters work. */
export async function readFacts(
  tx: Tx,
  { period }: Catalogue,
  scope: SnapshotScope,
  drafts: Drafts,
): Promise<void> {
  const found = await copyOut(
    tx,
    `select f.subject, f.subject_id, f.kind, f.id, f.value, lower(f.valid), upper(f.valid)
     from fact f
     where ${ofHouses(scope, 'f')} and f.kind in ('${FACTS.join("', '")}') and ${believed('f.known', scope.knownAt)}
       and f.valid && daterange('${firstDay(period.month)}', '${lastDay(period.month)}', '[]')`,
  );
  const last = period.to - 1;
  while (found.next()) {
    const subject = found.code(SUBJECTS);
    const subjectId = found.id();
    const kind = found.code(FACT_CODES);
    const id = found.id();
    const value = quantityOf(found.big());
    const from = found.day(-EVER);
    const to = found.day(EVER);
    if (subject === 'METER') {
      if (kind === 'METER_WORKING' && value > 0n) drafts.workingMeters.add(subjectId);
      else placeMeterFact(drafts, { id: String(id), meter: subjectId, from, to }, { kind, value, last });
      continue;
    }
    const fact = { id: String(id), value, from, to };
    if (subject === 'HOUSE') placeHouseFact(drafts.houses.get(subjectId), kind, fact);
    else placeAccountFact(drafts, { subject, subjectId, kind }, fact);
  }
}

type FactKind = (typeof FACTS)[number];

/** What is out of the ordinary about a meter on the month's last day: it stands broken, is lost, or waters a garden. */
function placeMeterFact(
  { devices, workingMeters }: Drafts,
  { id, meter, from, to }: { id: string; meter: number; from: number; to: number },
  { kind, value, last }: { kind: FactKind; value: Quantity; last: number },
): void {
  if (last < from || last >= to) return;
  if (kind === 'METER_IRRIGATION' && value > 0n) devices.irrigation.add(meter);
  const why = kind === 'METER_WORKING' ? 'BROKEN' : kind === 'METER_LOST' && value > 0n ? 'LOST' : undefined;
  if (!why) return;
  workingMeters.add(meter);
  devices.unusable(meter, { since: from, why, id });
}

function placeHouseFact(house: HouseDraft | undefined, kind: FactKind, fact: Dated<Quantity>): void {
  if (kind === 'COMMON_AREA') house?.commonAreas.push(fact);
  if (kind === 'TOTAL_AREA') house?.totalAreas.push(fact);
  if (kind === 'HEATED_AREA') house?.heatedAreas.push(fact);
}

function placeAccountFact(
  drafts: Drafts,
  at: { subject: string; subjectId: number; kind: FactKind },
  fact: Dated<Quantity>,
): void {
  const own = drafts.accounts.get(at.subjectId);
  const accounts = at.subject === 'PREMISES' ? (drafts.byPremises.get(at.subjectId) ?? []) : own ? [own] : [];
  for (const account of accounts) {
    if (at.kind === 'TOTAL_AREA') account.areas.push(fact);
    else if (at.kind === 'HEATED_AREA') account.heatedAreas.push(fact);
    else if (at.kind === 'RESIDENTS') account.residents.push(fact);
    else if (at.kind === 'OWNERS') (account.owners ??= []).push(fact);
  }
}
