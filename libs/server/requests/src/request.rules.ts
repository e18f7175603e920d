import type { RequestState } from './request.states';

/** What a request may be about. */
export const REQUEST_CATEGORIES = [
  'PLUMBING',
  'ELECTRICITY',
  'HEATING',
  'LIFT',
  'ROOF',
  'CLEANING',
  'TERRITORY',
  'INTERCOM',
  'WASTE',
  'OTHER',
] as const;
export type RequestCategory = (typeof REQUEST_CATEGORIES)[number];

/** Symbols of a request, a message, an answer; and of the words that go with a rating. */
export const TEXT_LIMIT = 4000;

interface Term {
  /** Hours by the clock, day and night. */
  readonly hours?: number;
  /** Mondays to Fridays of the organisation's calendar, to the same hour. */
  readonly workingDays?: number;
}

/**
 * Usual terms of fulfilment, for want of the organisation's own (its setting `requestHours`): a day for what stops
 * people from living there, as the housing maintenance rules have it for most faults; working days for the rest.
 */
export const DEADLINES: Readonly<Record<RequestCategory, Term>> = {
  PLUMBING: { hours: 24 },
  ELECTRICITY: { hours: 24 },
  HEATING: { hours: 24 },
  LIFT: { hours: 24 },
  ROOF: { hours: 24 },
  CLEANING: { workingDays: 1 },
  TERRITORY: { workingDays: 3 },
  INTERCOM: { workingDays: 3 },
  WASTE: { hours: 24 },
  OTHER: { workingDays: 10 },
};

const HOUR_MS = 3_600_000;

const isWorkingDay = (instant: Date, timeZone: string): boolean =>
  !['Sat', 'Sun'].includes(new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'short' }).format(instant));

function addWorkingDays(from: Date, days: number, timeZone: string): Date {
  let at = from;
  for (let left = days; left > 0;) {
    at = new Date(at.getTime() + 24 * HOUR_MS);
    if (isWorkingDay(at, timeZone)) left -= 1;
  }
  return at;
}

/** What of an organisation its requests are ruled by. */
export interface RequestRules {
  readonly timeZone: string;
  /** Area code that completes a short local number: `843`. */
  readonly cityCode?: string | undefined;
  /** Hours by category, where the organisation promises other ones than usual. */
  readonly requestHours?: Readonly<Record<string, number>> | undefined;
}

/** Until when a request of this category, made or reopened at `from`, is to be done. */
export function deadlineOf(category: RequestCategory, from: Date, rules: RequestRules): Date {
  const promised = rules.requestHours?.[category];
  const { hours, workingDays } = promised ? { hours: promised } : DEADLINES[category];
  if (workingDays) return addWorkingDays(from, workingDays, rules.timeZone);
  return new Date(from.getTime() + (hours ?? 0) * HOUR_MS);
}

/** Whether the deadline has passed while the work is the organisation's to do. */
export const isOverdue = (request: { state: RequestState; dueAt: Date }, now: Date): boolean =>
  (request.state === 'NEW' || request.state === 'IN_WORK') && request.dueAt < now;

/**
 * A telephone of Russia or Kazakhstan as it is stored, `+79123456789`: from 8…, 7…, +7…, ten digits, or a short local
 * number where the organisation names its area code. Undefined where it is none of these.
 */
export function normalisePhone(typed: string, cityCode = ''): string | undefined {
  if (!/^\s*\+?[\d\s().-]+$/.test(typed)) return undefined;
  const digits = typed.replace(/\D/g, '');
  if (digits.length === 11 && digits.startsWith('7')) return `+${digits}`;
  if (digits.length === 11 && digits.startsWith('8') && !typed.includes('+')) return `+7${digits.slice(1)}`;
  const local = digits.length >= 5 && digits.length <= 7 ? cityCode + digits : digits;
  return local.length === 10 && !typed.includes('+') ? `+7${local}` : undefined;
}
