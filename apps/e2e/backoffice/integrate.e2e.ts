import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { addDays, type CivilDate } from '@kvartal/domain';
import { expectNoAxeViolations } from '../journey/axe';
import { today } from '../journey/clock';
import { asStaff } from '../journey/known';
import { askAs, codesOf } from '../journey/machine';
import { backoffice } from '../journey/product';
import { said } from '../journey/read';
import { expect, test } from '../journey/test';
import { accountsShown } from '../journey/town';

const FEED = `query Feed($after: String) {
  accountFeed(first: 40, after: $after) {
    next
    items { id number holder address balance registers { id serial lastValue } }
  }
}`;
const SUBMIT = `mutation Submit($readings: [BatchReadingInput!]!) {
  submitReadingBatch(readings: $readings) {
    ... on ReadingBatchAnswered {
      accepted
      refused
      answers { clientKey reading { id registerId value source settles } refusals { code path } }
    }
    ... on Refused { refusals { code } }
  }
}`;
/** Accounts that no other journey looks into: those after the first hundred. */
const AFTER_THE_FIRST = 100;
const BATCH = 1000;

interface Register {
  id: string;
  serial: string | null;
  lastValue: string | null;
}
interface Account {
  id: string;
  number: string;
  holder: string;
  address: string;
  balance: string;
  registers: readonly Register[];
}
interface Feed {
  accountFeed: { next: string | null; items: readonly Account[] };
}
interface Sent {
  registerId: string;
  value: string;
  takenOn: string;
  clientKey: string;
  confirmUnusual: boolean;
}
interface Answer {
  clientKey: string;
  reading: { id: string; registerId: string; value: string; source: string; settles: boolean } | null;
  refusals: readonly { code: string; path: readonly string[] }[];
}
interface Batch {
  submitReadingBatch: { accepted: number; refused: number; answers: readonly Answer[] };
}

/** Makes a key in the back-office and returns it whole, as it is shown this once. */
async function makeKey(page: Page, name: string, { writes }: { writes: boolean }): Promise<string> {
  await page.getByRole('button', { name: 'Новый ключ' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Новый ключ API' });
  await dialog.getByLabel('Название').fill(name);
  await dialog.getByLabel('Передавать показания').setChecked(writes);
  await expectNoAxeViolations(page);
  await dialog.getByRole('button', { name: 'Создать ключ' }).click();
  const whole = page.getByLabel('Ключ целиком');
  await expect(whole).toHaveValue(/^kv_[a-z0-9]{8}_[\w-]{43}$/);
  return whole.inputValue();
}

/** Everything that the key sees, stretch by stretch. */
async function readFeed(key: string): Promise<{ accounts: Account[]; stretches: number }> {
  const accounts: Account[] = [];
  let after: string | null = null;
  let stretches = 0;
  do {
    const { data, errors }: Awaited<ReturnType<typeof askAs<Feed>>> = await askAs<Feed>(key, FEED, { after });
    if (!data) throw new Error(`The feed answers ${JSON.stringify(errors)}`);
    accounts.push(...data.accountFeed.items);
    after = data.accountFeed.next;
    stretches += 1;
  } while (after);
  return { accounts, stretches };
}

type Kind = 'right' | 'again' | 'lower' | 'unknown' | 'letters' | 'decimals' | 'tomorrow';
const MIXTURE: readonly Kind[] = ['right', 'again', 'lower', 'unknown', 'letters', 'decimals', 'tomorrow'];
const REFUSED_WITH: Readonly<Record<Exclude<Kind, 'right' | 'again'>, string>> = {
  lower: 'LESS_THAN_PREVIOUS',
  unknown: 'READING_UNKNOWN_METER',
  letters: 'NOT_A_NUMBER',
  decimals: 'TOO_MANY_DECIMALS',
  tomorrow: 'DATE_OUT_OF_RANGE',
};

/** A batch of every kind, each right reading of another register and followed by one that repeats its key. */
function mixture(
  registers: readonly Register[],
  { day, by }: { day: CivilDate; by: string },
): { kind: Kind; sent: Sent }[] {
  const batch: { kind: Kind; sent: Sent }[] = [];
  for (let n = 0; batch.length < BATCH; n += 1) {
    const register = registers[n % registers.length];
    const kinds = n < registers.length ? MIXTURE : MIXTURE.slice(2);
    for (const kind of kinds)
      if (register && batch.length < BATCH)
        batch.push({ kind, sent: sentAs(kind, register, { n, day, by }) });
  }
  return batch;
}

function sentAs(
  kind: Kind,
  { id, lastValue }: Register,
  { n, day, by }: { n: number; day: CivilDate; by: string },
): Sent {
  const [whole = '0'] = (lastValue ?? '0').split('.');
  const more = String(BigInt(whole) + 2n);
  const right: Sent = {
    registerId: id,
    value: more,
    takenOn: day,
    clientKey: `${by}-${id}-right`,
    confirmUnusual: true,
  };
  const wrong = { ...right, clientKey: `${by}-${id}-${n}-${kind}` };
  const kinds: Record<Kind, Sent> = {
    right,
    again: { ...right, value: `${more}.0` },
    lower: { ...wrong, value: '0' },
    unknown: { ...wrong, registerId: String(9_000_000_000 + n) },
    letters: { ...wrong, value: `${more}o` },
    decimals: { ...wrong, value: `${more}.1234567` },
    tomorrow: { ...wrong, takenOn: addDays(day, 1) },
  };
  return kinds[kind];
}

test('a key is made and shown once; with it a system reads balances and sends a thousand readings @desktop', async ({
  page,
}) => {
  test.setTimeout(400_000);
  const name = `Обмен ${randomUUID().slice(0, 8)}`;
  await asStaff(page, 'director');
  await page.goto(backoffice('api'));
  await expect(page.getByRole('heading', { name: 'Ключи API' })).toBeVisible();
  await expectNoAxeViolations(page);
  const key = await makeKey(page, name, { writes: true });

  await test.step('the key is shown this once', async () => {
    await expect(page.getByText('больше мы его не покажем')).toBeVisible();
    await expectNoAxeViolations(page);
    await page.reload();
    const row = page.getByRole('row').filter({ hasText: name });
    await expect(row).toContainText(`${key.slice(0, 'kv_12345678'.length)}_…`);
    await expect(row).toContainText('Передавать показания');
    await expect(page.getByLabel('Ключ целиком')).toHaveCount(0);
    expect(await page.content()).not.toContain(key.slice('kv_12345678_'.length));
  });

  const { accounts, stretches } = await readFeed(key);
  await test.step('every account is in the feed once, and owes what the staff see', async () => {
    await page.goto(backoffice('accounts?size=100&page=2'));
    const shown = await accountsShown(page);
    await expect(page.getByText(said(`из ${accounts.length}`)).first()).toBeVisible();
    expect(stretches).toBe(Math.ceil(accounts.length / 40));
    expect(new Set(accounts.map(({ number }) => number)).size).toBe(accounts.length);
    const fed = new Map(accounts.map((account) => [account.number, account]));
    expect(shown.map(({ number }) => fed.get(number))).toEqual(
      shown.map(({ number, holder, address, balance }) =>
        expect.objectContaining({ number, holder, address, balance }),
      ),
    );
  });

  await test.step('a thousand readings in one call are answered each by itself', async () => {
    const registers = accounts
      .slice(AFTER_THE_FIRST)
      .flatMap((account) => account.registers)
      .filter(({ serial, lastValue }) => serial && lastValue !== null && lastValue !== '0');
    const batch = mixture(registers, { day: await today(), by: name });
    const answered = await askAs<Batch>(key, SUBMIT, { readings: batch.map(({ sent }) => sent) });
    expect(codesOf(answered)).toEqual([]);
    const { answers = [], accepted, refused } = answered.data?.submitReadingBatch ?? {};
    expect(answers.map(({ clientKey }) => clientKey)).toEqual(batch.map(({ sent }) => sent.clientKey));
    expect([accepted, refused]).toEqual([
      answers.filter(({ reading }) => reading).length,
      answers.filter(({ reading }) => !reading).length,
    ]);
    batch.forEach(({ kind, sent }, at) => {
      const answer = answers[at];
      const codes = answer?.refusals.map(({ code }) => code) ?? [];
      if (kind !== 'right' && kind !== 'again')
        expect([kind, answer?.reading, codes]).toEqual([
          kind,
          null,
          expect.arrayContaining([REFUSED_WITH[kind]]),
        ]);
      else if (kind === 'again' && codes.length > 0)
        expect(answers[at - 1]?.reading, 'what was not taken is not repeated').toBe(null);
      else if (codes.length > 0) expect(codes).toEqual(['VERIFICATION_EXPIRED']);
      else if (kind === 'again') expect(answer?.reading?.id).toBe(answers[at - 1]?.reading?.id);
      else
        expect(answer?.reading).toMatchObject({
          registerId: sent.registerId,
          value: sent.value,
          source: 'API',
        });
    });
    const taken = batch.filter(({ kind }, at) => kind === 'right' && answers[at]?.reading);
    expect(taken.length).toBeGreaterThan(registers.length * 0.8);
    const again = await askAs<Batch>(key, SUBMIT, { readings: batch.map(({ sent }) => sent) });
    expect(again.data?.submitReadingBatch.accepted).toBe(accepted);
    const after = (await readFeed(key)).accounts.flatMap((account) => account.registers);
    const lastOf = new Map(after.map(({ id, lastValue }) => [id, lastValue]));
    for (const { sent } of taken) expect(lastOf.get(sent.registerId)).toBe(sent.value);
  });

  await test.step('one more than a thousand is refused whole', async () => {
    const [{ sent } = { sent: null }] = mixture([{ id: '1', serial: '1', lastValue: '1' }], {
      day: await today(),
      by: name,
    });
    const { data } = await askAs<Batch>(key, SUBMIT, {
      readings: Array.from({ length: BATCH + 1 }, (_, n) => ({ ...sent, clientKey: `much-${n}` })),
    });
    expect(data?.submitReadingBatch).toMatchObject({ refusals: [{ code: 'BATCH_TOO_LONG' }] });
  });

  await test.step('a key without the scope is refused, and so is no key and another secret', async () => {
    await page.goto(backoffice('api'));
    const reader = await makeKey(page, 'Отчёты', { writes: false });
    expect(codesOf(await askAs(reader, FEED))).toEqual([]);
    expect(codesOf(await askAs(reader, SUBMIT, { readings: [] }))).toEqual(['FORBIDDEN']);
    expect(codesOf(await askAs(undefined, FEED))).toEqual(['UNAUTHENTICATED']);
    expect(codesOf(await askAs(`${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`, FEED))).toEqual([
      'UNAUTHENTICATED',
    ]);
    await page.getByRole('button', { name: 'Ключ сохранён, скрыть' }).click();
    await expect(page.getByLabel('Ключ целиком')).toHaveCount(0);
  });

  await test.step('a revoked key is refused at once', async () => {
    await page.getByRole('button', { name: `Отозвать ${name}` }).click();
    const dialog = page.getByRole('dialog', { name: `Отозвать ключ «${name}»?` });
    await expectNoAxeViolations(page);
    await dialog.getByRole('button', { name: 'Отозвать ключ' }).click();
    await expect(page.getByText(`Ключ «${name}» отозван`)).toBeVisible();
    expect(codesOf(await askAs(key, FEED))).toEqual(['UNAUTHENTICATED']);
    await expect(page.getByRole('row').filter({ hasText: name })).toContainText('Отозван');
    await expectNoAxeViolations(page);
  });
});
