import type { RefusalData } from '@kvartal/api-client';
import { named } from '../texts/named';

export const MOST_FILES = 10;
export const MOST_BYTES = 20 * 1024 * 1024;
/** What the file dialog offers; the server looks at the content. */
export const ACCEPTED =
  'image/jpeg,image/png,image/webp,image/heic,application/pdf,application/zip,.zip,.heic';

/** Why a file cannot be added to those that are there already; undefined when it can. */
export function fileRefusal(file: { name: string; size: number }, there: number): RefusalData | undefined {
  if (there >= MOST_FILES) return { code: 'TOO_MANY_FILES', path: [], params: named({ max: MOST_FILES }) };
  if (file.size <= MOST_BYTES) return undefined;
  return {
    code: 'FILE_TOO_BIG',
    path: [],
    params: named({ name: file.name, size: file.size, max: MOST_BYTES }),
  };
}
