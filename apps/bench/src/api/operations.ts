import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DefinitionNode, type DocumentNode, Kind, parse, print, visit } from 'graphql';

const CABINET = 'apps/cabinet/src';

/** The cabinet's own documents by the name of the operation, as its build makes them: with `__typename` everywhere. */
function cabinetDocuments(): Map<string, string> {
  const files = readdirSync(CABINET, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.graphql'),
  );
  const all = parse(files.map((name) => readFileSync(join(CABINET, name), 'utf8')).join('\n')).definitions;
  const documents = new Map<string, string>();
  for (const one of all)
    if (one.kind === Kind.OPERATION_DEFINITION && one.name)
      documents.set(
        one.name.value,
        print(withTypenames({ kind: Kind.DOCUMENT, definitions: [one, ...fragmentsOf(one, all)] })),
      );
  return documents;
}

function fragmentsOf(
  one: DefinitionNode,
  all: readonly DefinitionNode[],
  seen = new Set<string>(),
): DefinitionNode[] {
  const found: DefinitionNode[] = [];
  visit(one, {
    FragmentSpread: ({ name }) => {
      if (seen.has(name.value)) return;
      seen.add(name.value);
      const fragment = all.find(
        (other) => other.kind === Kind.FRAGMENT_DEFINITION && other.name.value === name.value,
      );
      if (fragment) found.push(fragment, ...fragmentsOf(fragment, all, seen));
    },
  });
  return found;
}

const withTypenames = (document: DocumentNode): DocumentNode =>
  visit(document, {
    SelectionSet: (node, _key, parent) =>
      parent && 'kind' in parent && parent.kind === Kind.OPERATION_DEFINITION
        ? undefined
        : {
            ...node,
            selections: [
              { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } },
              ...node.selections,
            ],
          },
  });

/** Writes the cabinet's documents where the api looks for known operations; returns the hashes by name. */
export function knownOperations(folder: string): ReadonlyMap<string, string> {
  const hashes = new Map<string, string>();
  const known: Record<string, string> = {};
  for (const [name, text] of cabinetDocuments()) {
    const hash = createHash('sha256').update(text).digest('hex');
    hashes.set(name, hash);
    known[hash] = text;
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'bench.json'), JSON.stringify(known));
  return hashes;
}

/** What the cabinet sends of an operation: its hash and its variables. */
export const operationBody = (hash: string, variables: object): string =>
  JSON.stringify({ variables, extensions: { persistedQuery: { version: 1, sha256Hash: hash } } });
