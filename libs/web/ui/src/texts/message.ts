import { type Locale, plural, showNumber } from '@kvartal/words';

export type Params = Readonly<Record<string, string | number>>;

/** A piece of a message: text as it stands, or a group in braces. */
interface Piece {
  text: string;
  isGroup: boolean;
}

/** Parts a message at its outermost braces. */
function piecesOf(message: string): Piece[] {
  const pieces: Piece[] = [];
  let [depth, from] = [0, 0];
  for (let at = 0; at < message.length; at++) {
    const opens = message[at] === '{' && depth++ === 0;
    const closes = message[at] === '}' && --depth === 0;
    if (!opens && !closes) continue;
    pieces.push({ text: message.slice(from, at), isGroup: closes });
    from = at + 1;
  }
  return [...pieces, { text: message.slice(from), isGroup: false }];
}

/** ` one {# день} few {# дня}` as forms by their names. */
function formsOf(body: string): Record<string, string> {
  const pieces = piecesOf(body);
  const forms: Record<string, string> = {};
  pieces.forEach((piece, at) => {
    if (piece.isGroup) forms[pieces[at - 1]?.text.trim() ?? ''] = piece.text;
  });
  return forms;
}

function groupText(group: string, params: Params, locale: Locale): string {
  const parts = /^\s*(\w+)\s*(?:,\s*plural\s*,(.*))?$/s.exec(group);
  if (!parts) throw new RangeError(`Not a group of a message: {${group}}`);
  const [, name = '', body] = parts;
  const value = String(params[name] ?? '');
  if (body === undefined) return value;
  const forms = formsOf(body);
  const form = plural(locale, Number(value), { ...forms, other: forms['other'] ?? '' });
  return messageText(form.replaceAll('#', value === '' ? '' : showNumber(value)), params, locale);
}

/**
 * A message of the ICU kind, as far as we use it: `{name}` and `{count, plural, one {…} few {…} many {…} other {…}}`, with
 * `#` for the number in its form. @throws RangeError on a group it cannot read
 */
export function messageText(message: string, params: Params, locale: Locale): string {
  return piecesOf(message)
    .map(({ text, isGroup }) => (isGroup ? groupText(text, params, locale) : text))
    .join('');
}
