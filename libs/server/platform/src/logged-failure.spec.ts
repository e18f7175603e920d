import { loggedFailure } from './logged-failure';
import { withoutAddresses } from './logging';

const SECRET = 'ivanov@mail.example';

/** As the driver fails, inside of what wraps it. */
const ofDatabase = (code: string, message: string) =>
  Object.assign(new Error(message), {
    query: 'insert into portal_user\n  (email) values ($1)',
    parameters: [SECRET],
    driverError: Object.assign(new Error(message), {
      severity: 'ERROR',
      code,
      detail: `Key (email)=(${SECRET}) already exists.`,
      where: `unnamed portal parameter $1 = '${SECRET}'`,
      constraint: 'portal_user_email_unique',
      table: 'portal_user',
    }),
  });

describe('a failure in the log', () => {
  it('names the statement and the rule that refused, never the values', () => {
    const line = loggedFailure(
      ofDatabase('23505', 'duplicate key value violates "portal_user_email_unique"'),
    );
    expect(line).toMatchObject({
      code: '23505',
      constraint: 'portal_user_email_unique',
      statement: 'insert into portal_user (email) values ($1)',
      stack: expect.stringMatching(/^\s+at /),
    });
    expect(JSON.stringify(line)).not.toContain(SECRET);
  });

  it('leaves out the value that PostgreSQL could not read', () => {
    const line = loggedFailure(ofDatabase('22P02', `invalid input syntax for type bigint: "${SECRET}"`));
    expect(line).toMatchObject({ message: 'invalid input syntax for type bigint: "…"' });
    expect(JSON.stringify(line)).not.toContain(SECRET);
  });

  it('leaves out what could not be parsed', () => {
    const failure = (): unknown => {
      try {
        return JSON.parse(`{"password": ${SECRET}}`);
      } catch (thrown) {
        return thrown;
      }
    };
    expect(loggedFailure(failure())).toMatchObject({ type: 'SyntaxError', message: 'not shown' });
  });

  it('tells its cause in the same way, and ends with causes that go in circles', () => {
    const inner = ofDatabase('23505', 'duplicate key');
    const circular: Error & { cause?: unknown } = new Error('outer', { cause: inner });
    expect(loggedFailure(circular)).toMatchObject({ message: 'outer', cause: { code: '23505' } });
    expect(JSON.stringify(loggedFailure(circular))).not.toContain(SECRET);
    circular.cause = circular;
    expect(loggedFailure(circular)).toMatchObject({ cause: { cause: { cause: { message: 'outer' } } } });
  });

  it.each([undefined, null, 'text', 5])('takes %p, which somebody may throw', (thrown) => {
    expect(loggedFailure(thrown)).toEqual({ type: typeof thrown });
  });
});

describe('a line of the log', () => {
  it.each([
    ['{"msg":"451 <anna.petrova@mail.example>: try later"}', '{"msg":"451 <…@…>: try later"}'],
    ['{"msg":"пётр@почта.рф и +79261234567"}', '{"msg":"…@… и +…"}'],
    ['{"stack":"at /node_modules/@nestjs/core/x.js"}', '{"stack":"at /node_modules/@nestjs/core/x.js"}'],
    ['{"id":79261234567,"at":1e+21}', '{"id":79261234567,"at":1e+21}'],
  ])('%s', (line, shown) => {
    expect(withoutAddresses(line)).toBe(shown);
  });
});
