import { addDays, civilDate } from './civil-date';

const MINUTES_PER_DAY = 1440;

/**
 * A local time so many minutes later, `2026-11-22T00:20:00`; whatever follows the seconds (an offset) stays. @throws
 * RangeError where the text is no local time
 */
export function addMinutes(localTime: string, minutes: number): string {
  const parts = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(.*)$/.exec(localTime);
  const [, day, hour, minute, rest = ''] = parts ?? [];
  if (day === undefined) throw new RangeError(`Not a local time: ${JSON.stringify(localTime)}`);
  const total = Number(hour) * 60 + Number(minute) + minutes;
  const days = Math.floor(total / MINUTES_PER_DAY);
  const ofDay = total - days * MINUTES_PER_DAY;
  const clock = [Math.floor(ofDay / 60), ofDay % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return `${addDays(civilDate(day), days)}T${clock}${rest}`;
}
