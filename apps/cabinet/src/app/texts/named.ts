/** Values by name as the list that a refusal carries. */
export const named = (values: Readonly<Record<string, string | number>>): { name: string; value: string }[] =>
  Object.entries(values).map(([name, value]) => ({ name, value: String(value) }));
