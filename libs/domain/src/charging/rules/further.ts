import { moneyOf, moneyText, ZERO } from '../../money';
import { type AccountService, type AccountSnapshot } from '../snapshot';
import { type LineBeingMade } from '../statement-line';
import { type Recorder, type TracedAddition, type TracedSegment } from '../trace';
import { absenceReduction } from './absence';
import { applyBenefits } from './benefits';
import { outageExpression, outageReduction } from './quality';
import { type SettledMonth, trueUpOf } from './true-up';
import { chargeVat, grossOf } from './vat-line';
import { yearTrueUp } from './year-true-up';

/** Whether more than the price has to do with a line: tax, benefits, absence, bad quality, months estimated before. */
export function hasFurtherRules(
  { terms, benefits, outages, year }: AccountService,
  account: AccountSnapshot,
): boolean {
  return (
    terms.vat !== undefined ||
    benefits !== undefined ||
    outages !== undefined ||
    year !== undefined ||
    terms.redistributes === true ||
    account.absences !== undefined
  );
}

/**
 * Charges a line and then applies what else concerns it, in the order of specification B.2: benefits, tax, corrections
 * of estimated months, absence, under-delivery. Reductions by absence and quality are taken of the sum with its tax,
 * and together never exceed it.
 */
export function applyFurtherRules(
  line: LineBeingMade,
  service: AccountService,
  { account, recorder }: { account: AccountSnapshot; recorder: Recorder | undefined },
  charge: (recorder: Recorder) => boolean,
): boolean {
  const segments: TracedSegment[] = [];
  const isWhole = charge(keeping(segments, recorder));
  const { terms } = service;
  if (service.benefits) applyBenefits(line, service, account, { segments, recorder });
  if (terms.vat && service.method !== 'PENALTY') chargeVat(line, terms.vat, account.period, recorder);
  if (terms.redistributes) {
    const months = trueUpOf(service, account);
    const net = moneyOf(months.reduce((total, { anew, charged }) => total + anew - (charged ?? ZERO), 0n));
    const amount = grossOf(net, terms.vat, account.period);
    line.recalculated = moneyOf(line.recalculated + amount);
    tell(recorder, 'TRUE_UP', amount, recorder && amount === net ? { expression: differences(months) } : {});
  }
  if (service.year) {
    const amount = grossOf(yearTrueUp(service.year), terms.vat, account.period);
    line.recalculated = moneyOf(line.recalculated + amount);
    tell(recorder, 'TRUE_UP', amount);
  }
  applyAbsences(line, service, account, recorder);
  applyOutages(line, service, recorder);
  return isWhole;
}

/** What each estimated month costs now, less what it has cost so far; or what the change of its volume costs. */
const differences = (months: readonly SettledMonth[]): string =>
  months
    .map(({ anew, charged }) => `(${moneyText(anew)}${charged === null ? '' : ` − ${moneyText(charged)}`})`)
    .join(' + ');

function applyAbsences(
  line: LineBeingMade,
  service: AccountService,
  account: AccountSnapshot,
  recorder: Recorder | undefined,
): void {
  let left: bigint = line.charged;
  for (const away of account.absences ?? []) {
    const net = absenceReduction(service, account, away, moneyOf(left));
    const gross = grossOf(net, service.terms.vat, account.period);
    const amount = gross > left && left > 0n ? left : gross;
    left -= amount;
    line.recalculated = moneyOf(line.recalculated - amount);
    tell(recorder, 'ABSENCE', -amount, { source: away.id, law: away.law });
  }
}

function applyOutages(
  line: LineBeingMade,
  { outages }: AccountService,
  recorder: Recorder | undefined,
): void {
  if (!outages || line.charged <= 0n) return;
  const { charged, quantity } = line;
  let left: bigint = charged;
  for (const outage of outages) {
    const found: bigint = outageReduction(outage, charged, quantity);
    const amount = found > left ? left : found;
    left -= amount;
    line.underdelivered = moneyOf(line.underdelivered - amount);
    const { id: source, law } = outage;
    const expression = recorder && amount === found ? outageExpression(outage, charged) : null;
    tell(recorder, 'OUTAGE', -amount, { source, law, expression });
  }
}

function tell(
  recorder: Recorder | undefined,
  kind: TracedAddition['kind'],
  amount: bigint,
  from: Pick<TracedAddition, 'source' | 'law' | 'expression'> = {},
): void {
  if (amount === 0n) return;
  recorder?.addition({ kind, numerator: amount, denominator: 1n, amount: moneyOf(amount), ...from });
}

/** Keeps the segments of a line for the rules that come after its price, and tells the listener everything. */
function keeping(segments: TracedSegment[], listener: Recorder | undefined): Recorder {
  return {
    volume: (resource, zone) => listener?.volume(resource, zone),
    line: (service) => listener?.line(service),
    formula: (text) => listener?.formula(text),
    uses: (resource, zone) => listener?.uses(resource, zone),
    input: (...told) => listener?.input(...told),
    addition: (addition) => listener?.addition(addition),
    lot: (lot) => listener?.lot(lot),
    done: (line) => listener?.done(line),
    segment: (segment) => {
      segments.push(segment);
      listener?.segment(segment);
    },
  };
}
