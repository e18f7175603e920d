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

  it.each([
    ['all worked numbers of the specification', 'vectors.json', 124],
    ['the edges of its rules', 'edges.json', 464],
  ])('passes %s, the protocols’ too', async (_what, file, count) => {
    expect(await runCalc(join(__dirname, '../../../../libs/domain/vectors', file))).toBe(0);
    expect(said).toEqual([`${count} passed, 0 failed`]);
  });

  it('says what differs, survives what cannot be read, and counts at the end', async () => {
    const vectors = [
      { id: 'A', rule: 'charge.area', inputs: { area: '2', tariff: '1.5' }, expected: { amount: '3.01' } },
      { id: 'B', rule: 'charge.area', inputs: { area: '2', tariff: '1.5' }, expected: { amount: '3' } },
      { id: 'C', rule: 'nothing.such', inputs: {}, expected: {} },
      { id: 'D', rule: 'charge.area', inputs: { area: '2' }, expected: {} },
      { id: 'E', rule: 'vat.extract', inputs: { gross: 164.4, ratePct: '20' }, expected: { vat: '27.40' } },
      null,
    ];
    expect(await run(`\uFEFF${JSON.stringify({ vectors })}`)).toBe(1);
    expect(said).toEqual([
      'A charge.area: amount: expected "3.01", got "3.00"',
      'C nothing.such: unknown rule "nothing.such"',
      'D charge.area: tariff: missing',
      'E vat.extract: gross: money stands as text, "164.40", not as the number 164.4',
      'vectors[5] ?: unknown rule "?"',
      '1 passed, 5 failed',
    ]);
  });

  it('refuses a file that holds no vectors', async () => {
    expect(await run('{')).toBe(2);
    expect(await run('{}')).toBe(2);
    expect(await runCalc(join(folder, 'absent.json'))).toBe(2);
    expect(await runCalc('')).toBe(2);
    expect(said.at(-1)).toBe('Say which file: npm run calc -- FILE');
  });
});
