import type { RequestState } from '../../generated/graphql';
import type { TextKey } from '../texts/say';

/** How a request stands against its deadline: the text to say, the number in it, and how urgent it is. */
export interface Deadline {
  urgency: 'calm' | 'soon' | 'late';
  key: TextKey;
  count: number;
  /** How much of the time has gone, 0…100. */
  spent: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const SOON = 80;
const RUNNING: readonly RequestState[] = ['NEW', 'IN_WORK'];

const UNITS = [
  { ms: DAY_MS, left: 'deadline.daysLeft', late: 'deadline.daysLate' },
  { ms: HOUR_MS, left: 'deadline.hoursLeft', late: 'deadline.hoursLate' },
  { ms: MINUTE_MS, left: 'deadline.minutesLeft', late: 'deadline.minutesLate' },
] as const;

/**
 * The deadline of a request that staff have to act on; undefined for one whose time does not run: it is done, or waits for
 * the resident's answer. All instants are ISO, `now` in ms.
 */
export function deadlineOf(
  request: { state: RequestState; createdAt: string; dueAt: string },
  now: number,
): Deadline | undefined {
  if (!RUNNING.includes(request.state)) return undefined;
  const [from, due] = [Date.parse(request.createdAt), Date.parse(request.dueAt)];
  const left = due - now;
  const isLate = left < 0;
  const size = Math.abs(left);
  const unit = UNITS.find(({ ms }) => size >= ms) ?? UNITS[2];
  const spent = due > from ? Math.min(100, Math.max(0, ((now - from) / (due - from)) * 100)) : 100;
  return {
    urgency: isLate ? 'late' : spent >= SOON ? 'soon' : 'calm',
    key: isLate ? unit.late : unit.left,
    count: Math.max(1, Math.floor(size / unit.ms)),
    spent,
  };
}
