import { readFile } from 'node:fs/promises';
import { pureRules, runVector, type VectorResult, vectorsOf } from '@kvartal/domain';
import { PROTOCOL_RULES } from './protocol';

const RULES = new Map([...pureRules(), ...PROTOCOL_RULES]);

/**
 * Runs the charge engine over a file of vectors, prints each mismatch, ends with `N passed, N failed`. Answers the
 * exit code: 0 where all passed, 1 where some failed, 2 where the file cannot be read.
 */
export async function runCalc(file: string): Promise<number> {
  if (file === '') console.error('Say which file: npm run calc -- FILE');
  const vectors = file === '' ? undefined : await readVectors(file);
  if (!vectors) return 2;
  const results = vectors.map((vector, place) => named(runVector(vector, RULES), place));
  const failed = results.filter((result) => result.failure !== undefined || result.mismatches.length > 0);
  for (const result of failed) report(result);
  console.log(`${results.length - failed.length} passed, ${failed.length} failed`);
  return failed.length === 0 ? 0 : 1;
}

/** A vector without an id goes by its place in the file. */
const named = (result: VectorResult, place: number): VectorResult =>
  result.id === '?' ? { ...result, id: `vectors[${place}]` } : result;

async function readVectors(file: string): Promise<readonly unknown[] | undefined> {
  try {
    return vectorsOf(JSON.parse((await readFile(file, 'utf8')).replace(/^\uFEFF/, '')));
  } catch (error) {
    console.error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function report({ id, rule, failure, mismatches }: VectorResult): void {
  if (failure !== undefined) console.log(`${id} ${rule}: ${failure}`);
  for (const { path, expected, got } of mismatches)
    console.log(`${id} ${rule}: ${path}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`);
}
