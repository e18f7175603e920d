import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const MIGRATIONS = 'apps/db/src/migrations';

/** Changes with the migrations: a template that was made by others is no longer good. */
export function schemaHash(): string {
  const hash = createHash('sha256');
  const files = readdirSync(MIGRATIONS, { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  );
  for (const path of files.map((one) => join(one.parentPath, one.name)).sort())
    hash.update(readFileSync(path));
  return hash.digest('hex').slice(0, 8);
}
