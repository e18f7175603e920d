/** Flags of a benchmark: `--accounts 1000 --query home`. */
export class Arguments {
  private readonly given = new Map<string, string>();

  constructor(argv: readonly string[]) {
    for (let at = 0; at < argv.length; at += 1) {
      const word = argv[at] ?? '';
      if (word.startsWith('--')) this.given.set(word.slice(2), argv[at + 1] ?? '');
    }
  }

  /** Whether a flag stands there at all: it takes no value. */
  has(name: string): boolean {
    return this.given.has(name);
  }

  text(name: string, fallback: string): string {
    return this.given.get(name) ?? fallback;
  }

  /** Throws RangeError on anything but a whole positive number. */
  count(name: string, fallback: number): number {
    const given = this.given.get(name);
    if (given === undefined) return fallback;
    if (!/^[1-9]\d*$/.test(given)) throw new RangeError(`--${name} takes a whole number, not «${given}»`);
    return Number(given);
  }
}
