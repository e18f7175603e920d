import { readFileSync } from 'node:fs';

const NAME = /(?:^|\} )(?:query|mutation|subscription) (\w+)/m;

/** Hashes of an app's operations by their names, as its build wrote them down. */
export function operationHashes(app: 'cabinet' | 'backoffice'): ReadonlyMap<string, string> {
  const texts: Record<string, string> = JSON.parse(readFileSync(`dist/operations/${app}.json`, 'utf8'));
  return new Map(Object.entries(texts).map(([hash, text]) => [NAME.exec(text)?.[1] ?? '', hash]));
}

/** What an app sends of an operation: its hash and its variables. */
export const operationBody = (hash: string, variables: object): string =>
  JSON.stringify({ variables, extensions: { persistedQuery: { version: 1, sha256Hash: hash } } });
