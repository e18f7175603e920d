import type { RefusalDetail } from '@kvartal/platform';
import type { PortalRules } from '../portals/portal.rules';

/** Whether the fields of entry are well formed: pure, one refusal a field. */

const LETTER = /^[A-Za-zА-Яа-яЁё]/;
const NOT_IN_LOGIN = /[^A-Za-zА-Яа-яЁё0-9_-]/u;
const EMAIL = /^[^\s@"<>(),:;[\]\\]{1,64}@[^\s@"<>(),:;[\]\\]+\.[^\s@.,"<>()]{2,}$/u;
const LONGEST_EMAIL = 254;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

const lengthOf = (text: string): number => [...text].length;

export function loginRefusals(login: string, { loginMaxLength }: PortalRules): RefusalDetail[] {
  const path = ['login'];
  const length = lengthOf(login);
  const symbol = NOT_IN_LOGIN.exec(login)?.[0];
  if (!length) return [{ code: 'REQUIRED', path }];
  if (length > loginMaxLength)
    return [
      { code: 'REG_LOGIN_FORM', path, params: { problem: 'TOO_LONG', maxLength: loginMaxLength, length } },
    ];
  if (symbol !== undefined) return [{ code: 'REG_LOGIN_FORM', path, params: { problem: 'SYMBOL', symbol } }];
  return LETTER.test(login) ? [] : [{ code: 'REG_LOGIN_FORM', path, params: { problem: 'FIRST_LETTER' } }];
}

export function emailRefusals(email: string): RefusalDetail[] {
  const path = ['email'];
  if (!email) return [{ code: 'REQUIRED', path }];
  return EMAIL.test(email) && email.length <= LONGEST_EMAIL ? [] : [{ code: 'EMAIL_FORM', path }];
}

/** A password and its repetition. Characters are counted as people see them, none is cut off. */
export function passwordRefusals(
  { password, passwordAgain }: { password: string; passwordAgain: string },
  { passwordMin: min, passwordMax: max, passwordSymbols: symbols }: PortalRules,
): RefusalDetail[] {
  const path = ['password'];
  const length = lengthOf(password);
  const foreign = [...password].find(
    (one) => symbols !== undefined && !LETTER_OR_DIGIT.test(one) && !symbols.includes(one),
  );
  if (!length) return [{ code: 'REQUIRED', path }];
  if (length < min || length > max) return [{ code: 'PASSWORD_LENGTH', path, params: { min, max, length } }];
  if (foreign !== undefined && symbols !== undefined)
    return [{ code: 'PASSWORD_SYMBOL', path, params: { symbol: foreign, allowed: [...symbols].join(' ') } }];
  return password === passwordAgain ? [] : [{ code: 'PASSWORD_MISMATCH', path: ['passwordAgain'] }];
}
