import { type Locale, plural, showNumber } from '@kvartal/words';

export type Params = Readonly<Record<string, string | number>>;

/** The closing brace of the group that opens at `from`. */
function endOf(message: string, from: number): number {
  let depth = 0;
  for (let at = from; at < message.length; at++) {
    if (message[at] === '{') depth++;
    if (message[at] === '}' && --depth === 0) return at;
  }
  throw new Error(`A brace is not closed: ${message}`);
}

/** `one {# день} few {# дня}` as forms by their names. */
function formsOf(body: string): Record<string, string> {
  const forms: Record<string, string> = {};
  let at = 0;
  while (at < body.length) {
    const open = body.indexOf('{', at);
    if (open < 0) break;
    const close = endOf(body, open);
    forms[body.slice(at, open).trim()] = body.slice(open + 1, close);
    at = close + 1;
  }
  return forms;
}

function groupText(group: string, params: Params, locale: Locale): string {
  const [name = '', kind, ...rest] = group.split(',');
  const value = params[name.trim()] ?? '';
  if (kind?.trim() !== 'plural') return String(value);
  const forms = formsOf(rest.join(','));
  const form = plural(locale, Number(value), { ...forms, other: forms['other'] ?? '' });
  return messageText(form.replaceAll('#', showNumber(String(value))), params, locale);
}

/** A message of the ICU kind that we use: `{name}` and `{count, plural, one {…} few {…} many {…} other {…}}`. */
export function messageText(message: string, params: Params, locale: Locale): string {
  let text = '';
  let at = 0;
  while (at < message.length) {
    const open = message.indexOf('{', at);
    if (open < 0) return text + message.slice(at);
    const close = endOf(message, open);
    text += message.slice(at, open) + groupText(message.slice(open + 1, close), params, locale);
    at = close + 1;
  }
  return text;
}
