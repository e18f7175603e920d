/** What PostgreSQL says of a failure beside its message. Its `detail`, `where` and the statement's values are left out. */
const ABOUT_THE_STATEMENT = ['code', 'constraint', 'table', 'column', 'routine'] as const;
/** SQLSTATE class 22: the message quotes the value that could not be read. */
const QUOTES_A_VALUE = /^22/;
const LONGEST_STATEMENT = 500;
const DEEPEST_CAUSE = 4;

interface DatabaseFailure {
  code: string;
  [field: string]: unknown;
}

/** The driver's own failure inside whatever wraps it, or undefined where PostgreSQL did not speak. */
function ofDatabase(failure: object): DatabaseFailure | undefined {
  if ('driverError' in failure && typeof failure.driverError === 'object' && failure.driverError !== null)
    return ofDatabase(failure.driverError);
  return 'severity' in failure && 'code' in failure && typeof failure.code === 'string'
    ? { ...failure, code: failure.code }
    : undefined;
}

/** The frames alone: what stands above them repeats the message. */
const framesOf = (stack: unknown): string =>
  String(stack)
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function shownMessage(failure: object, driver: DatabaseFailure | undefined): string {
  const message = 'message' in failure ? textOf(failure.message) : '';
  if (driver) return QUOTES_A_VALUE.test(driver.code) ? message.replace(/"[^"]*"/g, '"…"') : message;
  // what could not be parsed is quoted in the message: a body with a password in it, say
  return 'name' in failure && failure.name === 'SyntaxError' ? 'not shown' : message;
}

/**
 * A failure as a line of the log may hold it: what it is and where it happened, never the values it happened to. A query
 * goes in without its parameters, and of a failure's own fields only those listed here.
 */
export function loggedFailure(failure: unknown, depth = 0): object {
  if (typeof failure !== 'object' || failure === null) return { type: typeof failure };
  const driver = ofDatabase(failure);
  const code = 'code' in failure && typeof failure.code === 'string' ? failure.code : undefined;
  const statement = 'query' in failure ? textOf(failure.query).replace(/\s+/g, ' ') : '';
  return {
    type: failure.constructor?.name ?? 'Object',
    message: shownMessage(failure, driver),
    stack: 'stack' in failure ? framesOf(failure.stack) : '',
    ...(code === undefined ? {} : { code }),
    ...(driver ? Object.fromEntries(ABOUT_THE_STATEMENT.map((name) => [name, driver[name]])) : {}),
    ...(statement ? { statement: statement.slice(0, LONGEST_STATEMENT) } : {}),
    ...('cause' in failure && depth < DEEPEST_CAUSE
      ? { cause: loggedFailure(failure.cause, depth + 1) }
      : {}),
  };
}
