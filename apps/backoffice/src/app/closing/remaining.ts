/** How far the closing was at a moment of the page's own clock, in milliseconds. */
export interface Sample {
  at: number;
  done: number;
}

/** The rate is taken over this much of the past: long enough to be steady, short enough to follow a change. */
const WINDOW_MS = 30_000;

/** The samples with a newer one, without those that no longer matter. */
export function withSample(samples: readonly Sample[], newest: Sample): Sample[] {
  return [...samples.filter(({ at }) => newest.at - at <= WINDOW_MS), newest];
}

/** Milliseconds left at the rate that was really seen; undefined until something was done while we watched. */
export function remainingMs(samples: readonly Sample[], total: number): number | undefined {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.done <= first.done || last.at <= first.at) return undefined;
  const perMs = (last.done - first.done) / (last.at - first.at);
  return Math.max(0, (total - last.done) / perMs);
}
