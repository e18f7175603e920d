// What the person sees while things start: steps with ticks and seconds, then a table.

const LIVE = process.stdout.isTTY && !process.env.CI;
const TICK = '✓';
const CROSS = '✗';

/** Steps may run side by side; each is printed when it is done, the ones at work stand on the last line of a terminal. */
export class Screen {
  /** @type {Map<string, { since: number, note: string }>} */
  #atWork = new Map();
  /** @type {NodeJS.Timeout | undefined} */
  #timer;

  /**
   * @template T
   * @param {string} name
   * @param {(note: (text: string) => void) => Promise<T>} work may tell what it is at
   * @returns {Promise<T>}
   */
  async step(name, work) {
    const since = performance.now();
    const state = { since, note: '' };
    this.#atWork.set(name, state);
    this.#watch();
    const note = (/** @type {string} */ text) => {
      state.note = text.trim().split('\n').at(-1)?.slice(0, 70) ?? '';
      this.#redraw();
    };
    try {
      const result = await work(note);
      this.#done(TICK, name, since, state.note);
      return result;
    } catch (error) {
      this.#done(CROSS, name, since, '');
      throw error;
    }
  }

  /** @param {string} text */
  say(text) {
    this.#clear();
    console.log(text);
    this.#redraw();
  }

  #watch() {
    if (LIVE) this.#timer ??= setInterval(() => this.#redraw(), 250).unref();
  }

  /** @param {string} mark @param {string} name @param {number} since @param {string} note */
  #done(mark, name, since, note) {
    this.#atWork.delete(name);
    if (!this.#atWork.size) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
    const seconds = ((performance.now() - since) / 1000).toFixed(1);
    this.say(`${mark} ${name.padEnd(28)} ${seconds.padStart(6)} s${note ? `  ${note}` : ''}`);
  }

  #clear() {
    if (LIVE) process.stdout.write('\r\u001b[K');
  }

  #redraw() {
    if (!LIVE || !this.#atWork.size) return;
    const now = performance.now();
    const line = [...this.#atWork]
      .map(([name, { since, note }]) => `${name} ${Math.floor((now - since) / 1000)} s ${note}`)
      .join(' · ');
    process.stdout.write(`\r\u001b[K… ${line.slice(0, (process.stdout.columns || 80) - 3)}`);
  }
}

/**
 * @param {string[][]} rows the first is the heading
 * @returns {string} columns side by side
 */
export function table(rows) {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map(
      (row) =>
        `  ${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}`,
    )
    .join('\n');
}
