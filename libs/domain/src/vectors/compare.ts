import { decimalText, parseDecimal } from '../decimal';

/** A value that is not what a vector expects: where, and both. */
export interface Mismatch {
  readonly path: string;
  readonly expected: unknown;
  readonly got: unknown;
}

/** Keys whose objects are maps: there a key too many is wrong as well. */
const MAPS = new Set(['balances', 'readings']);
const SCALE = 40;

/**
 * Compares an outcome with what a vector expects, key by key; what it expects nothing of is not looked at. Decimals
 * count by value (`"5.1"` is `"5.100000"`), texts of digits as they stand, because leading zeros matter.
 */
export function mismatches(
  expected: unknown,
  got: unknown,
  ignored: ReadonlySet<string>,
  path = '',
): Mismatch[] {
  if (Array.isArray(expected)) {
    if (!Array.isArray(got) || got.length !== expected.length) return [{ path, expected, got }];
    return expected.flatMap((value, place) => mismatches(value, got[place], ignored, `${path}[${place}]`));
  }
  if (isRecord(expected))
    return isRecord(got) ? compareKeys(expected, got, ignored, path) : [{ path, expected, got }];
  return isSame(expected, got) ? [] : [{ path, expected, got }];
}

function compareKeys(
  expected: Record<string, unknown>,
  got: Record<string, unknown>,
  ignored: ReadonlySet<string>,
  path: string,
): Mismatch[] {
  const found = Object.keys(expected)
    .filter((key) => !ignored.has(key))
    .flatMap((key) => mismatches(expected[key], got[key], ignored, path === '' ? key : `${path}.${key}`));
  const last = path.split('.').at(-1) ?? '';
  const extra = MAPS.has(last) ? Object.keys(got).filter((key) => !(key in expected)) : [];
  return [...found, ...extra.map((key) => ({ path: `${path}.${key}`, expected: undefined, got: got[key] }))];
}

function isSame(expected: unknown, got: unknown): boolean {
  if (expected === got) return true;
  const isNumeric = [expected, got].some(
    (value) => typeof value === 'number' || (typeof value === 'string' && value.includes('.')),
  );
  if (!isNumeric) return false;
  const value = canonical(expected);
  return value !== undefined && value === canonical(got);
}

/** A decimal in its one shortest form; undefined where it is none. */
function canonical(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  try {
    return decimalText(parseDecimal(String(value), SCALE), SCALE);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
