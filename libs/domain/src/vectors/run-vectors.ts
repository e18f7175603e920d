import { Inputs } from './inputs';
import { type Mismatch, mismatches } from './compare';
import { type VectorRule } from './rule';

/** What running one vector showed: no mismatches and no failure is a pass. */
export interface VectorResult {
  readonly id: string;
  readonly rule: string;
  readonly mismatches: readonly Mismatch[];
  /** Why there is no outcome to compare: an unknown rule, inputs that cannot be read, a fault. */
  readonly failure?: string;
}

/** Segments of a penalty are told, not compared: equal days may be merged in more ways than one. */
const INFORMATIVE: ReadonlySet<string> = new Set(['segments']);
const NONE: ReadonlySet<string> = new Set();

/** The vectors of a file: an object with a list `vectors`, or the list itself. @throws RangeError on anything else */
export function vectorsOf(json: unknown): readonly unknown[] {
  const list = Array.isArray(json) ? json : isRecord(json) ? json['vectors'] : undefined;
  if (!Array.isArray(list)) throw new RangeError('The file holds no list of vectors');
  return list;
}

/** Runs a vector by the rules given. Whatever one vector holds, it only fails itself. */
export function runVector(vector: unknown, rules: ReadonlyMap<string, VectorRule>): VectorResult {
  const fields: Record<string, unknown> = isRecord(vector) ? vector : {};
  const { inputs, expected } = fields;
  const known = { id: nameOf(fields['id']), rule: nameOf(fields['rule']) };
  const rule = rules.get(known.rule);
  if (!rule) return { ...known, mismatches: [], failure: `unknown rule ${JSON.stringify(known.rule)}` };
  if (!isRecord(expected)) return { ...known, mismatches: [], failure: 'nothing is expected' };
  try {
    const got = rule(Inputs.of(inputs));
    return {
      ...known,
      mismatches: mismatches(expected, got, known.rule.startsWith('penalty') ? INFORMATIVE : NONE),
    };
  } catch (error) {
    return { ...known, mismatches: [], failure: error instanceof Error ? error.message : String(error) };
  }
}

function nameOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '?';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
