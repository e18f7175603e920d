import type pg from 'pg';
import type { Asked, Bare, SentReading, ServerPlan } from './server.bare';
import type { Statement } from './wire';

/** What the statement that reads for the intake answers, as far as a handler without rules needs it. */
interface Intake {
  open: [id: string, month: string];
  isLinked: boolean;
  registers: { id: string; houseId: string; readings: Reading[] | null }[];
}
type Reading = [
  id: string,
  month: string,
  takenOn: string,
  value: string,
  source: string,
  state: string,
  settles: boolean,
  version: number,
];
const MONTH = 1;
const VERSION = 7;

/**
 * The two statements of a submission: one reads what decides, one enters the readings and takes `settles` from those before.
 * Nothing is checked but that the account is linked.
 */
export function bareSubmit(pool: pg.Pool, { statements }: ServerPlan): Bare {
  const [reads, enters, ...others] = statements;
  if (!reads || !enters || others.length > 0)
    throw new Error(`A submission sent ${statements.length} statements, not two`);
  return async (asked) => {
    const found = await run<[string]>(pool, reads, [personOf(reads, asked), ...reads.values.slice(1)]);
    const intake: Intake = JSON.parse(found[0]?.[0] ?? 'null');
    if (!intake.isLinked) throw new Error('NOT_FOUND');
    const { entered, changed } = changesOf(enters, intake, asked);
    const [organizationId = null] = enters.values;
    const values = [organizationId, intake.open[0], JSON.stringify(entered), JSON.stringify(changed)];
    return JSON.stringify({ kind: 'ReadingsSubmitted', readings: await run(pool, enters, values) });
  };
}

async function run<Row extends unknown[]>(
  pool: pg.Pool,
  { name, text }: Statement,
  values: (string | null)[],
): Promise<Row[]> {
  const named = name === '' ? {} : { name };
  const { rows } = await pool.query<Row>({ ...named, text, values, rowMode: 'array' });
  return rows;
}

/** The statement's first parameter, for this account instead of the one that it was sent for. */
function personOf({ values }: Statement, { userId, variables: { input } }: Asked): string {
  const [captured]: object[] = JSON.parse(values[0] ?? '[]');
  const keys = input.readings.map(({ clientKey }) => clientKey);
  return JSON.stringify([{ ...captured, accountId: input.accountId, person: userId, keys }]);
}

/** What the second statement is given: each value as the next version of its month, in the words that it was sent in. */
function changesOf(
  enters: Statement,
  intake: Intake,
  { userId, variables: { input } }: Asked,
): { entered: object[]; changed: object[] } {
  const [like]: { month: string }[] = JSON.parse(enters.values[2] ?? '[]');
  const changed: object[] = [];
  const entered = input.readings.map(({ registerId, value, clientKey }: SentReading) => {
    const register = intake.registers.find(({ id }) => id === registerId);
    const ofMonth = (register?.readings ?? []).filter((reading) => reading[MONTH] === like?.month);
    for (const [id, , , , , state] of ofMonth)
      if (state === 'ACCEPTED') changed.push({ id, state: 'SUPERSEDED' });
    return {
      ...like,
      house_id: register?.houseId,
      register_id: registerId,
      value: String(Math.round(Number(value) * 1_000_000)),
      version: 1 + Math.max(0, ...ofMonth.map((reading) => reading[VERSION])),
      client_key: clientKey,
      created_by: userId,
    };
  });
  return { entered, changed };
}
