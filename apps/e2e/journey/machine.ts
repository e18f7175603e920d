import { product } from './product';

/** What the API answers to a machine. */
export interface MachineAnswer<D> {
  data?: D | null;
  errors?: readonly { message: string; extensions: { code: string } }[];
}

/** Asks the API as another system would: one document, its variables, and a key. */
export async function askAs<D>(
  key: string | undefined,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<MachineAnswer<D>> {
  const answer = await fetch(product.graphql, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      // a connection of its own: one kept alive may be ended by the other side just as it is used again
      connection: 'close',
      ...(key && { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  return answer.json();
}

/** Why the API gave no answer at all. */
export const codesOf = ({ errors = [] }: MachineAnswer<unknown>): string[] =>
  errors.map(({ extensions }) => extensions.code);
