import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCalc } from './calc';

describe('calc', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kvartal-calc-'));
  const said: string[] = [];
  const log = console.log;
  const error = console.error;
  beforeEach(() => {
    said.length = 0;
    console.log = (line: string) => said.push(line);
    console.error = (line: string) => said.push(line);
  });
  afterEach(() => {
    console.log = log;
    console.error = error;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = (content: string) => {
    const file = join(folder, 'vectors.json');
    writeFileSync(file, content);
    return runCalc(file);
  };

  it('passes all worked numbers of the specification, the protocols’ too', async () => {
    expect(await runCalc(join(__dirname, '../../../../libs/domain/vectors/vectors.json'))).toBe(0);
    expect(said).toEqual(['124 passed, 0 failed']);
  });

  it('says what differs, survives what cannot be read, and counts at the end', async () => {
    const vectors = [
      { id: 'A', rule: 'charge.area', inputs: { area: '2', tariff: '1.5' }, expected: { amount: '3.01' } },
      { id: 'B', rule: 'charge.area', inputs: { area: '2', tariff: '1.5' }, expected: { amount: '3' } },
      { id: 'C', rule: 'nothing.such', inputs: {}, expected: {} },
      null,
    ];
    expect(await run(JSON.stringify({ vectors }))).toBe(1);
    expect(said).toEqual([
      'A charge.area: amount: expected "3.01", got "3.00"',
      'C nothing.such: unknown rule "nothing.such"',
      '? ?: unknown rule "?"',
      '1 passed, 3 failed',
    ]);
  });

  it('refuses a file that holds no vectors', async () => {
    expect(await run('{')).toBe(2);
    expect(await run('{}')).toBe(2);
    expect(await runCalc(join(folder, 'absent.json'))).toBe(2);
  });
});
