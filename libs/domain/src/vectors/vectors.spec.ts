import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pureRules } from './pure-rules';
import { runVector, vectorsOf } from './run-vectors';

/** Signatures and registries need crypto and code pages: they are run beside their modules, by `calc`. */
const ELSEWHERE = new Set(['qr.gost', 'sign.moneta', 'sign.sberbank', 'registry.parse']);
const file = join(__dirname, '../../vectors/vectors.json');
const vectors = vectorsOf(JSON.parse(readFileSync(file, 'utf8')))
  .map(namesOf)
  .filter(({ rule }) => !ELSEWHERE.has(rule));

/** What a vector calls itself: by no rules nothing is computed. */
function namesOf(vector: unknown): { id: string; rule: string; vector: unknown } {
  const { id, rule } = runVector(vector, new Map());
  return { id, rule, vector };
}

describe('the worked numbers of the specification', () => {
  it('are all there', () => expect(vectors.length).toBeGreaterThan(100));

  it.each(vectors.map(({ id, rule, vector }) => [id, rule, vector] as const))('%s %s', (id, rule, vector) => {
    expect(runVector(vector, pureRules())).toEqual({ id, rule, mismatches: [] });
  });
});
