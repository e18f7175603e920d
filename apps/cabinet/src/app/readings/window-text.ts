import { civilDate, daysBetween } from '@kvartal/domain';
import type { Say } from '../texts/say';

export interface Window {
  from: string;
  to: string;
  isOpen: boolean;
}

/** The window of the intake in a sentence that says what is left. `today` is the organisation's. */
export function windowText(window: Window, today: string | undefined, say: Say): string {
  const [from, to] = [say.day(window.from), say.day(window.to)];
  if (!today) return say.text('window.span', { from, to });
  if (!window.isOpen) return say.text(today < window.from ? 'window.notYet' : 'window.over', { from, to });
  const left = daysBetween(civilDate(today), civilDate(window.to));
  return left === 0 ? say.text('window.lastDay') : say.text('window.open', { to, count: left });
}
