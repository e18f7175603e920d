import { Refusal } from '@kvartal/platform';
import { TEXT_LIMIT } from './request.rules';

/** What somebody wrote, without space around it. Refuses an empty text (REQUIRED) and one too long (TOO_LONG). */
export function writtenText(typed: string, field = 'text'): string {
  const text = typed.trim();
  if (!text) throw new Refusal('REQUIRED', { path: [field] });
  if (text.length > TEXT_LIMIT)
    throw new Refusal('TOO_LONG', { path: [field], params: { max: TEXT_LIMIT, length: text.length } });
  return text;
}
