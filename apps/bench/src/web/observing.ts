/** What a page has seen of itself: milliseconds, and the score of layout shifts. */
export interface PageSeen {
  lcp: number;
  /** What was painted last and largest, as CSS would name it. */
  lcpElement: string;
  cls: number;
  /** The longest event of each interaction. */
  interactions: Readonly<Record<string, number>>;
}

/**
 * Runs in the page before anything else, as text: our build's own words mean nothing there. Layout shifts are summed by
 * windows of at most five seconds with gaps below one, as web.dev defines CLS; an interaction's latency is that of its longest
 * event.
 */
export const OBSERVING = `
  window.benchSeen = { lcp: 0, lcpElement: '', cls: 0, interactions: {} };
  const observe = (type, options, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...options });
  observe('largest-contentful-paint', {}, (entry) => {
    benchSeen.lcp = entry.startTime;
    benchSeen.lcpElement = entry.element ? entry.element.tagName.toLowerCase() + '.' + entry.element.className : '';
  });
  let shifted = { first: 0, last: 0, score: 0 };
  observe('layout-shift', {}, (entry) => {
    if (entry.hadRecentInput) return;
    const goesOn = entry.startTime - shifted.last < 1000 && entry.startTime - shifted.first < 5000;
    shifted = goesOn
      ? { first: shifted.first, last: entry.startTime, score: shifted.score + entry.value }
      : { first: entry.startTime, last: entry.startTime, score: entry.value };
    benchSeen.cls = Math.max(benchSeen.cls, shifted.score);
  });
  observe('event', { durationThreshold: 16 }, (entry) => {
    if (!entry.interactionId) return;
    const before = benchSeen.interactions[entry.interactionId] ?? 0;
    benchSeen.interactions[entry.interactionId] = Math.max(before, entry.duration);
  });`;

export const READ_SEEN = 'window.benchSeen';
