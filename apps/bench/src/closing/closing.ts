import { addMonths } from '@kvartal/domain';
import type { Arguments } from '../arguments';
import { median, report, rounded } from '../figures';
import { type Past, multiplyTown } from '../town/copies';
import { keptTemplate } from '../town/template';
import { makeTown } from '../town/town';
import { usesUp } from './room';
import { CHARGED, HISTORY, type Run, closeOnce } from './run';

/** Above it a town is not computed month by month, which would take hours, but multiplied from one of `COMPUTED`. */
const MOST_COMPUTED = 200_000;
const COMPUTED = 100_000;
/** Enough for a worker to have compiled all that is worth it. */
const REHEARSED = 40_000;

/** The closing of a month by worker processes, against a bare COPY of the same rows. */
export async function benchClosing(given: Arguments): Promise<void> {
  const size = { accounts: given.count('accounts', 100_000), services: given.count('services', 10) };
  const workers = given.count('workers', 2);
  const rules = rulesOf(given.text('rules', 'all'));
  const computed = given.count('of', size.accounts > MOST_COMPUTED ? COMPUTED : size.accounts);
  const past = pastOf(given.text('past', 'whole'));
  const template = await largeTown({ ...size, rules }, { computed, past });
  const rehearsed = given.has('fresh') ? 0 : REHEARSED;
  const runs: Run[] = [];
  const isLast = await usesUp(template);
  for (let at = 1; at <= (isLast ? 1 : given.count('runs', 3)); at += 1) {
    const run = await closeOnce(template, { workers, isSimple: rules === 'simple', isLast, rehearsed });
    console.log(
      `run ${at}: ${JSON.stringify(run, (_, value) => (typeof value === 'number' ? rounded(value) : value))}`,
    );
    runs.push(run);
  }
  tell({ ...size, ...(computed < size.accounts && { computed, past }), workers, rules, rehearsed }, runs);
}

interface Town {
  accounts: number;
  services: number;
  rules: Rules;
}

/** The town that the product has closed for half a year, computed whole or multiplied from a smaller one. Returns its template. */
async function largeTown(town: Town, { computed, past }: { computed: number; past: Past }): Promise<string> {
  const { accounts, services, rules } = town;
  if (computed === accounts) return computedTown(town);
  if (accounts % computed !== 0)
    throw new RangeError(`--accounts ${accounts} is not a multiple of the ${computed} that it is made of`);
  return keptTemplate(
    {
      kind: `closing_${rules}_${accounts}_of_${computed}_${past}_${services}`,
      from: () => computedTown({ ...town, accounts: computed }),
    },
    ({ url }) => multiplyTown({ url, times: accounts / computed, past, say: console.log }),
  );
}

const computedTown = ({ rules, ...size }: Town): Promise<string> =>
  keptTemplate(
    { kind: `closing_${rules}_${size.accounts}_${size.services}`, isAnybodyLate: rules === 'all' },
    async ({ client, close }) => {
      await makeTown(client, { ...size, first: addMonths(CHARGED, -HISTORY), months: HISTORY + 1 });
      for (let back = HISTORY; back > 0; back -= 1) await close(addMonths(CHARGED, -back), back === 1);
    },
  );

/** Which rules the town needs: `simple` is what one set-based statement can still be written for, `all` has debtors too. */
type Rules = 'simple' | 'all';

/** @throws RangeError on any other word */
function rulesOf(given: string): Rules {
  if (given === 'simple' || given === 'all') return given;
  throw new RangeError(`--rules takes simple or all, not «${given}»`);
}

/** @throws RangeError on any other word */
function pastOf(given: string): Past {
  if (given === 'whole' || given === 'recent') return given;
  throw new RangeError(`--past takes whole or recent, not «${given}»`);
}

/** How the set-based statement compares, where it was run. */
function bySql(runs: readonly Run[]): Record<string, number> {
  const compared = runs.flatMap(({ seconds, cpuSeconds, sql }) =>
    sql ? [{ seconds, cpuSeconds, ...sql }] : [],
  );
  if (compared.length === 0) return {};
  return {
    sqlSeconds: rounded(median(compared.map((run) => run.sqlSeconds))),
    sqlRatio: rounded(median(compared.map((run) => run.seconds / run.sqlSeconds))),
    sqlCpuRatio: rounded(median(compared.map((run) => run.cpuSeconds / run.sqlCpuSeconds))),
  };
}

/** A table of medians over the runs. */
function tell(
  size: {
    accounts: number;
    services: number;
    computed?: number;
    past?: Past;
    workers: number;
    rules: Rules;
    rehearsed: number;
  },
  runs: readonly Run[],
): void {
  const checksum = onlyOne(runs.map((run) => run.checksum));
  const middle = (of: (run: Run) => number): number => rounded(median(runs.map(of)));
  const seconds = middle((run) => run.seconds);
  report(
    'closing',
    middle((run) => run.seconds / run.yardstickSeconds),
    runs.length,
    {
      ...size,
      lines: runs[0]?.lines ?? 0,
      charged: runs[0]?.charged ?? '',
      seconds,
      yardstickSeconds: middle((run) => run.yardstickSeconds),
      accountsPerSecond: Math.round(size.accounts / seconds),
      workerPeakMiB: Math.max(...runs.map((run) => run.workerPeakMiB)),
      checksum,
      readySeconds: middle((run) => run.readySeconds),
      billsSeconds: middle((run) => run.billsSeconds),
      cpuSeconds: middle((run) => run.cpuSeconds),
      workersCpuSeconds: middle((run) => run.workersCpuSeconds),
      yardstickCpuSeconds: middle((run) => run.yardstickCpuSeconds),
      ...bySql(runs),
      cpuRatio: middle((run) => run.cpuSeconds / run.yardstickCpuSeconds),
    },
  );
}

/** Throws where the same month came out differently: then the speed says nothing. */
function onlyOne(checksums: readonly string[]): string {
  const [first = '', ...others] = new Set(checksums);
  if (others.length > 0)
    throw new Error(`The same month was computed differently: ${[first, ...others].join(', ')}`);
  return first;
}
