import type { DocumentNode } from 'graphql';

/** What the build writes beside an operation. */
export const HASH = 'a'.repeat(64);
/** An operation with its hash. */
export const document: DocumentNode & { __meta__: { hash: string } } = JSON.parse(
  JSON.stringify({
    __meta__: { hash: HASH },
    kind: 'Document',
    definitions: [
      {
        kind: 'OperationDefinition',
        operation: 'query',
        name: { kind: 'Name', value: 'Start' },
        selectionSet: { kind: 'SelectionSet', selections: [] },
      },
    ],
  }),
);
