import { Gathering, type GatheringRules } from './gathering';

/** Serves when it is told to; says what it was asked together. */
function aGathering(change: Partial<GatheringRules<string, string>> = {}) {
  const groups: (readonly string[])[] = [];
  const doors: (() => void)[] = [];
  const gathering = new Gathering<string, string>({
    serve: async (asked) => {
      groups.push(asked);
      await new Promise<void>((open) => doors.push(open));
      return Promise.allSettled(
        asked.map((one) =>
          one.endsWith('!') ? Promise.reject(new Error(one)) : Promise.resolve(`did ${one}`),
        ),
      );
    },
    groupOf: (asked) => asked.slice(0, 1),
    keyOf: (asked) => asked,
    together: 3,
    atOnce: 1,
    ...change,
  });
  const finish = async (answers: Promise<unknown>[]): Promise<void> => {
    let left = answers.length;
    for (const answer of answers) void answer.catch(() => undefined).finally(() => (left -= 1));
    while (left) {
      doors.shift()?.();
      await new Promise(setImmediate);
    }
  };
  return { gathering, groups, finish };
}

describe('a gathering', () => {
  it('serves the first at once, and those who come meanwhile together', async () => {
    const { gathering, groups, finish } = aGathering();
    const answers = ['a1', 'a2', 'a3', 'a4', 'a5'].map((asked) => gathering.ask(asked));
    expect(groups).toEqual([['a1']]);
    await finish(answers);
    expect(groups).toEqual([['a1'], ['a2', 'a3', 'a4'], ['a5']]);
    expect(await Promise.all(answers)).toEqual(['did a1', 'did a2', 'did a3', 'did a4', 'did a5']);
  });

  it('answers each by itself', async () => {
    const { gathering, finish } = aGathering();
    const answers = ['a1', 'a2!', 'a3'].map((asked) => gathering.ask(asked));
    await finish(answers);
    expect((await Promise.allSettled(answers)).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
  });

  it('serves groups apart, and nothing beside its like', async () => {
    const { gathering, groups, finish } = aGathering({ atOnce: 2 });
    const answers = ['a1', 'b1', 'a1', 'a2', 'b2'].map((asked) => gathering.ask(asked));
    expect(groups).toEqual([['a1'], ['b1']]);
    await finish(answers);
    expect(groups.map((group) => new Set(group.map((asked) => asked.slice(0, 1))).size)).toEqual(
      groups.map(() => 1),
    );
    expect(groups.flat().sort()).toEqual(['a1', 'a1', 'a2', 'b1', 'b2']);
  });

  it('tells all of a group where it could not be served, and goes on', async () => {
    let down = true;
    const gathering = new Gathering<string, string>({
      serve: async (asked) => {
        if (down) throw new Error('down');
        return Promise.allSettled(asked.map((one) => Promise.resolve(one)));
      },
      groupOf: () => '',
      keyOf: (asked) => asked,
      together: 3,
      atOnce: 1,
    });
    await expect(gathering.ask('a')).rejects.toThrow('down');
    down = false;
    expect(await gathering.ask('b')).toBe('b');
  });
});
