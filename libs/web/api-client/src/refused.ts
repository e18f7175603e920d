/** One reason of a refusal, as `fragment Refusal` reads it. */
export interface RefusalData {
  code: string;
  path: readonly string[];
  params: readonly { name: string; value: string }[];
}

/** The member of a result union that says no. */
export interface RefusedData {
  __typename: 'Refused';
  refusals: readonly RefusalData[];
}

/** A reason in words, and the field of the form it belongs to ('' the whole form). */
export interface FieldRefusal {
  code: string;
  field: string;
  text: string;
}

export const isRefused = <T extends { __typename: string }>(result: T): result is Extract<T, RefusedData> =>
  result.__typename === 'Refused';

/**
 * Where each refusal belongs. The API names the input from the outside in (`input.readings.2.value`); `input` is the
 * name of the argument and says nothing to a form.
 */
export function fieldRefusals(
  refusals: readonly RefusalData[],
  sentence: (code: string, params: RefusalData['params']) => string,
): FieldRefusal[] {
  return refusals.map((refusal) => {
    const path = refusal.path[0] === 'input' ? refusal.path.slice(1) : refusal.path;
    return { code: refusal.code, field: path.join('.'), text: sentence(refusal.code, refusal.params) };
  });
}

/** Whether something read from outside has the shape of a refusal. */
export const isRefusal = (value: unknown): value is RefusalData =>
  typeof value === 'object' && value !== null && 'code' in value && 'path' in value && 'params' in value;
