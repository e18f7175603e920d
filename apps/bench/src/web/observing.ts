/** What a page has seen of itself: milliseconds, and the score of layout shifts. */
export interface PageSeen {
  lcp: number;
  /** What was painted last and largest, as CSS would name it. */
  lcpElement: string;
  cls: number;
  /** What each shift moved, and by how much of a window. */
  shifts: readonly { value: number; at: number; moved: readonly string[] }[];
  /** The longest event of each interaction. */
  interactions: Readonly<Record<string, Interaction>>;
}

export interface Interaction {
  duration: number;
  /** The event, what it was done to, and its milliseconds: until a listener ran, in listeners, and all. */
  words: string;
}

/**
 * Runs in the page before anything else, as text: our build's own words mean nothing there. Layout shifts are summed by
 * windows of at most five seconds with gaps below one, as web.dev defines CLS; an interaction's latency is that of its longest
 * event.
 */
export const OBSERVING = `
  window.benchSeen = { lcp: 0, lcpElement: '', cls: 0, shifts: [], interactions: {} };
  const named = (node) =>
    node?.tagName ? node.tagName.toLowerCase() + '.' + node.getAttribute('class') : (node?.textContent ?? 'gone').trim();
  const observe = (type, options, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...options });
  observe('largest-contentful-paint', {}, (entry) => {
    benchSeen.lcp = entry.startTime;
    benchSeen.lcpElement = named(entry.element);
  });
  let shifted = { first: 0, last: 0, score: 0 };
  observe('layout-shift', {}, (entry) => {
    if (entry.hadRecentInput) return;
    const goesOn = entry.startTime - shifted.last < 1000 && entry.startTime - shifted.first < 5000;
    shifted = goesOn
      ? { first: shifted.first, last: entry.startTime, score: shifted.score + entry.value }
      : { first: entry.startTime, last: entry.startTime, score: entry.value };
    benchSeen.cls = Math.max(benchSeen.cls, shifted.score);
    const moved = entry.sources.map(
      ({ node, previousRect: from, currentRect: to }) => named(node) + ' ' + from.y + '+' + from.height + ' → ' + to.y + '+' + to.height,
    );
    benchSeen.shifts.push({ value: entry.value, at: entry.startTime, moved });
  });
  observe('event', { durationThreshold: 16 }, (entry) => {
    if (!entry.interactionId) return;
    if (entry.duration <= (benchSeen.interactions[entry.interactionId]?.duration ?? 0)) return;
    const times = [entry.processingStart - entry.startTime, entry.processingEnd - entry.processingStart, entry.duration];
    const words = entry.name + ' ' + named(entry.target) + ' ' + times.map(Math.round).join('+');
    benchSeen.interactions[entry.interactionId] = { duration: entry.duration, words };
  });`;

export const READ_SEEN = 'window.benchSeen';
