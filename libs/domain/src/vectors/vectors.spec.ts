import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pureRules } from './pure-rules';
import { runVector, vectorsOf } from './run-vectors';

/** Signatures and registries need crypto and code pages: they are run beside their modules, by `calc`. */
const ELSEWHERE = new Set(['qr.gost', 'sign.moneta', 'sign.sberbank', 'registry.parse']);
const pureVectors = (file: string) =>
  vectorsOf(JSON.parse(readFileSync(join(__dirname, '../../vectors', file), 'utf8')))
    .map(namesOf)
    .filter(({ rule }) => !ELSEWHERE.has(rule));

/** What a vector calls itself: by no rules nothing is computed. */
function namesOf(vector: unknown): { id: string; rule: string; vector: unknown } {
  const { id, rule } = runVector(vector, new Map());
  return { id, rule, vector };
}

describe.each([
  ['the worked numbers of the specification', pureVectors('vectors.json'), 100],
  ['the edges of its rules, worked out apart from this code', pureVectors('edges.json'), 400],
])('%s', (_what, vectors, most) => {
  it('are all there', () => expect(vectors.length).toBeGreaterThan(most));

  it.each(vectors.map(({ id, rule, vector }) => [id, rule, vector] as const))('%s %s', (id, rule, vector) => {
    expect(runVector(vector, pureRules())).toEqual({ id, rule, mismatches: [] });
  });
});
