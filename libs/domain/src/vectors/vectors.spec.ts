import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pureRules } from './pure-rules';
import { runVector, vectorsOf } from './run-vectors';

/** Signatures and registries need crypto and code pages: they are run beside their modules, by `calc`. */
const ELSEWHERE = new Set(['qr.gost', 'sign.moneta', 'sign.sberbank', 'registry.parse']);
const file = join(__dirname, '../../vectors/vectors.json');
const results = vectorsOf(JSON.parse(readFileSync(file, 'utf8')))
  .map((vector) => runVector(vector, pureRules()))
  .filter(({ rule }) => !ELSEWHERE.has(rule));

describe('the worked numbers of the specification', () => {
  it('are all there', () => expect(results.length).toBeGreaterThan(100));

  it.each(results.map((result) => [result.id, result.rule, result] as const))(
    '%s %s',
    (_id, _rule, result) => {
      expect(result.failure).toBeUndefined();
      expect(result.mismatches).toEqual([]);
    },
  );
});
