import type pg from 'pg';
import type { Bare, ServerPlan } from './server.bare';

/** The home page's statement, prepared under its own name, for whoever asks. Answers its JSON as it came. */
export function bareHome(pool: pg.Pool, { statements, userId, accountId }: ServerPlan): Bare {
  const [home, ...others] = statements;
  if (!home || others.length > 0)
    throw new Error(`The home page sent ${statements.length} statements, not one`);
  const { name, text } = home;
  return async (asked) => {
    const values = home.values.map((value) =>
      value === userId ? asked.userId : value === accountId ? asked.variables.accountId : value,
    );
    const { rows } = await pool.query<[string]>({ name, text, values, rowMode: 'array' });
    return rows[0]?.[0] ?? 'null';
  };
}
