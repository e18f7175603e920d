import { validate, type FieldContext, type SchemaPath } from '@angular/forms/signals';
import { named } from '../texts/named';
import type { Say } from '../texts/say';

/** What is wrong with a login, in the words of the API's refusal REG_LOGIN_FORM; undefined when nothing is. */
export function loginProblem(login: string, maxLength: number): Record<string, string> | undefined {
  if (!/^[a-zа-яёәғқңөұүһі]/i.test(login)) return { problem: 'FIRST_LETTER' };
  if (login.length > maxLength)
    return { problem: 'TOO_LONG', maxLength: `${maxLength}`, length: `${login.length}` };
  const symbol = /[^a-zа-яёәғқңөұүһі\d_-]/i.exec(login)?.[0];
  return symbol === undefined ? undefined : { problem: 'SYMBOL', symbol };
}

/** A shape that any address has; whether it exists, the letter will tell. */
export const looksLikeEmail = (email: string): boolean =>
  /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email.trim());

/** The field is empty: says `text` of what to enter. */
export function needed(path: SchemaPath<string>, text: () => string): void {
  validate(path, ({ value }: FieldContext<string>) =>
    value().trim() ? undefined : { kind: 'REQUIRED', message: text() },
  );
}

/** The tick is not there: says the API's refusal `code`. */
export function ticked(path: SchemaPath<boolean>, code: string, say: Say): void {
  validate(path, ({ value }: FieldContext<boolean>) =>
    value() ? undefined : { kind: code, message: say.refusal(code, []) },
  );
}

/** Length of a new password by the portal's rule, and both entries alike. */
export function newPassword(
  paths: { password: SchemaPath<string>; again: SchemaPath<string> },
  rule: () => { minLength: number; maxLength: number } | undefined,
  say: Say,
): void {
  needed(paths.password, () => say.text('entry.needPassword'));
  needed(paths.again, () => say.text('entry.needAgain'));
  validate(paths.password, ({ value }) => {
    const { minLength = 0, maxLength = Infinity } = rule() ?? {};
    const { length } = value();
    if (!length || (length >= minLength && length <= maxLength)) return undefined;
    const params = { min: minLength, max: maxLength, length };
    return { kind: 'PASSWORD_LENGTH', message: say.refusal('PASSWORD_LENGTH', named(params)) };
  });
  validate(paths.again, ({ value, valueOf }) =>
    !value() || value() === valueOf(paths.password)
      ? undefined
      : { kind: 'PASSWORD_MISMATCH', message: say.refusal('PASSWORD_MISMATCH', []) },
  );
}
