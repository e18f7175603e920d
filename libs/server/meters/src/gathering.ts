interface Waiting<Asked, Answer> {
  asked: Asked;
  resolve(answer: Answer): void;
  reject(failure: unknown): void;
}

export interface GatheringRules<Asked, Answer> {
  /** Answers all of these, each by itself, in their order. */
  serve(asked: readonly Asked[]): Promise<readonly PromiseSettledResult<Answer>[]>;
  /** Only those of one group are served together. */
  groupOf(asked: Asked): string;
  /** What two of which may not be served at the same time: the second waits for the first. */
  keyOf(asked: Asked): string;
  /** How many are served together at most. */
  together: number;
  /** How many such groups at the same time. */
  atOnce: number;
}

/**
 * Has many who ask at the same moment served together: whoever comes while all groups are busy waits for the next one.
 * Nobody waits for company: an idle gathering serves a single one at once.
 */
export class Gathering<Asked, Answer> {
  private waiting: Waiting<Asked, Answer>[] = [];
  private readonly busy = new Set<string>();
  private groups = 0;

  constructor(private readonly rules: GatheringRules<Asked, Answer>) {}

  /** Rejects as `serve` says for this one. */
  ask(asked: Asked): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ asked, resolve, reject });
      this.pump();
    });
  }

  private pump(): void {
    while (this.groups < this.rules.atOnce) {
      const group = this.nextGroup();
      if (!group.length) return;
      this.groups += 1;
      void this.serve(group).finally(() => {
        this.groups -= 1;
        for (const { asked } of group) this.busy.delete(this.rules.keyOf(asked));
        this.pump();
      });
    }
  }

  private nextGroup(): Waiting<Asked, Answer>[] {
    const group: Waiting<Asked, Answer>[] = [];
    const left: Waiting<Asked, Answer>[] = [];
    for (const one of this.waiting) {
      const key = this.rules.keyOf(one.asked);
      const first = group[0]?.asked ?? one.asked;
      const fits =
        group.length < this.rules.together && this.rules.groupOf(first) === this.rules.groupOf(one.asked);
      if (!fits || this.busy.has(key)) left.push(one);
      else {
        this.busy.add(key);
        group.push(one);
      }
    }
    this.waiting = left;
    return group;
  }

  private async serve(group: readonly Waiting<Asked, Answer>[]): Promise<void> {
    try {
      const answers = await this.rules.serve(group.map(({ asked }) => asked));
      group.forEach(({ resolve, reject }, at) => {
        const answer = answers[at];
        if (answer?.status === 'fulfilled') resolve(answer.value);
        else reject(answer?.reason ?? new Error('Nobody answered'));
      });
    } catch (failure) {
      for (const { reject } of group) reject(failure);
    }
  }
}
