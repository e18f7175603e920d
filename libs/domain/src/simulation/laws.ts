import { closingOf, type StatementLine } from '../charging/statement-line';
import { type Money, ZERO } from '../money';
import { Books } from './books';
import { Dice } from './dice';
import { planOf, SERVICES } from './plan';

/** One life of a house, heard of by two sets of books. */
export interface Life {
  /** In order, each thing once. */
  readonly calm: Books;
  /** Shuffled within each month and over and over, with previews that come to nothing, as when a worker dies. */
  readonly wild: Books;
  /** Payments less those taken back. */
  readonly received: bigint;
}

/** Lives the life that a seed decides. */
export function live(seed: number): Life {
  const plan = planOf(seed);
  const dice = new Dice(seed ^ 0x5eed);
  const calm = new Books(plan);
  const wild = new Books(plan);
  for (const [at, happenings] of plan.happenings.entries()) {
    for (const one of happenings) calm.hear(one);
    const late = at > 0 && dice.chance(50) ? (plan.happenings[at - 1] ?? []) : [];
    const again = happenings.filter(() => dice.chance(40));
    for (const one of dice.shuffled([...happenings, ...again, ...late])) {
      wild.hear(one);
      if (dice.chance(10)) wild.preview(dice.chance(50));
    }
    calm.close();
    wild.close();
  }
  const all = plan.happenings.flat();
  const amounts = new Map(all.flatMap((one) => (one.kind === 'PAYMENT' ? [[one.id, one.amount]] : [])));
  let received = 0n;
  for (const one of all) {
    if (one.kind === 'PAYMENT') received += one.amount;
    if (one.kind === 'REVERSAL') received -= amounts.get(one.payment) ?? 0n;
  }
  return { calm, wild, received };
}

interface Placed {
  readonly flat: string;
  readonly key: string;
  readonly line: StatementLine;
}

const linesOf = (books: Books): Placed[] =>
  books.closings.flatMap(({ statements }) =>
    statements.flatMap(({ accountId, lines }) =>
      lines.map((line) => ({ flat: accountId, key: `${accountId}/${line.serviceId}`, line })),
    ),
  );

const asText = (books: Books): string =>
  JSON.stringify(books.closings, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));

/** What every life obeys: each law says what breaks it, nothing where all is well. */
export const LAWS = {
  'comes to the same lines in whatever order it is heard of, and however often': ({ calm, wild }) =>
    asText(calm) === asText(wild) ? [] : ['the lines differ'],

  'balances in every line, and each month opens with what the one before has left': ({ wild }) => {
    const left = new Map<string, Money>();
    return linesOf(wild).flatMap(({ key, line }) => {
      const opensRight = line.opening === (left.get(key) ?? ZERO);
      left.set(key, line.closing);
      return opensRight && line.closing === closingOf(line) && line.due >= 0n ? [] : [key];
    });
  },

  'owes what its journal adds up to, flat by flat and service by service': ({ wild }) => {
    const journal = wild.balances();
    const last = new Map(linesOf(wild).map(({ key, line }) => [key, line.closing]));
    return [...last].flatMap(([key, closing]) => ((journal.get(key) ?? ZERO) === closing ? [] : [key]));
  },

  'loses no kopek of what was paid, and counts none twice': ({ wild, received }) => {
    const paid = linesOf(wild).reduce((sum, { line }) => sum + line.paid, 0n);
    return paid === received ? [] : [`${paid} of ${received}`];
  },

  'has charged, with all recalculations, what right readings from the start would have charged': ({
    wild,
  }) => {
    const total = new Map<string, bigint>();
    const flats = new Set<string>();
    for (const { flat, key, line } of linesOf(wild)) {
      flats.add(flat);
      total.set(key, (total.get(key) ?? 0n) + line.charged + line.recalculated);
    }
    return [...flats].flatMap((flat) => {
      const right = wild.chargedByNow(flat);
      return SERVICES.filter((service) => right[service] !== (total.get(`${flat}/${service}`) ?? 0n));
    });
  },

  'has charged each service of a meter for what that has counted, once': ({ wild }) =>
    [...new Set(linesOf(wild).map(({ flat }) => flat))].filter((flat) => {
      const { counted, charged } = wild.meteredByNow(flat);
      return charged.some((used) => used !== counted);
    }),
} as const satisfies Record<string, (life: Life) => string[]>;
