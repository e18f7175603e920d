import type { CopyReader } from './copy';

const FIRST_ROWS = 4096;

/** Where rows begin, each with a number, while they are gone through. */
export class NumberedPlaces {
  private places = new Int32Array(FIRST_ROWS);
  private numbers = new Int32Array(FIRST_ROWS);
  private count = 0;

  add(place: number, number: number): void {
    if (this.count === this.places.length) {
      this.places = twice(this.places);
      this.numbers = twice(this.numbers);
    }
    this.places[this.count] = place;
    this.numbers[this.count] = number;
    this.count += 1;
  }

  /** The places of number 0, then those of 1 and so on, in the order in which they came; and where each number's begin. */
  sorted(count: number): { starts: Int32Array; places: Int32Array } {
    const starts = new Int32Array(count + 1);
    for (let nth = 0; nth < this.count; nth += 1) {
      const number = this.numberAt(nth, count);
      if (number >= 0) starts[number + 1] = (starts[number + 1] ?? 0) + 1;
    }
    for (let number = 0; number < count; number += 1)
      starts[number + 1] = (starts[number + 1] ?? 0) + (starts[number] ?? 0);
    const places = new Int32Array(starts[count] ?? 0);
    const next = starts.slice();
    for (let nth = 0; nth < this.count; nth += 1) {
      const number = this.numberAt(nth, count);
      if (number < 0) continue;
      const to = next[number] ?? 0;
      places[to] = this.places[nth] ?? 0;
      next[number] = to + 1;
    }
    return { starts, places };
  }

  private numberAt(nth: number, count: number): number {
    const number = this.numbers[nth] ?? -1;
    return number < count ? number : -1;
  }
}

function twice(list: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(list.length * 2);
  larger.set(list);
  return larger;
}

/** Rows of an answer by their numbers: a batch of houses is read at once, and its houses are drawn up one by one. */
export class SortedRows {
  constructor(
    private readonly reader: CopyReader,
    private readonly starts: Int32Array,
    private readonly giveBack: () => void,
  ) {}

  /** The rows of a number, to be read before those of another are asked for. */
  of(number: number): CopyReader {
    return this.reader.among(this.starts[number] ?? 0, this.starts[number + 1] ?? 0);
  }

  /** Gives the rows up: nothing can be read any more. */
  release(): void {
    this.giveBack();
  }
}
