import { NotFound } from './refusal';

/** Whether this text can be an id of ours: the digits of a positive bigint. Anything else is nowhere to be found. */
export const isId = (text: string): boolean => /^[1-9]\d{0,17}$/.test(text);

/** Throws NotFound where one of these texts can be no id, before PostgreSQL is asked to read it as a number. */
export function requireIds(...texts: readonly string[]): void {
  if (!texts.every(isId)) throw new NotFound();
}
