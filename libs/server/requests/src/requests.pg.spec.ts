import { Clock, NotFound, type Resident, type Staff, rows } from '@kvartal/platform';
import { type Town, type UnderTest, aTown, expectBooksBalanced, underTest } from '@kvartal/platform/testing';
import { RequestDetails } from './request.details';
import { REQUEST_STEPS, type RequestState, type RequestStep } from './request.states';
import { SilentRequests } from './requests.jobs';
import { RequestsModule } from './requests.module';
import { RequestsQueries } from './requests.queries';
import type { RequestFilterInput } from './requests.types';
import { ResidentRequests } from './resident-requests.service';
import { StaffRequests } from './staff-requests.service';
import { aDispatcher, aNeighbour, aRequestInput, refusalOf } from './testing';

const NOON = new Date('2026-10-20T09:00:00Z'); // a Tuesday, 12:00 in Moscow
/** The clock goes on while a spec runs: instants are compared to the minute. */
const minute = (at: Date | null | undefined) =>
  at && new Date(at.getTime() + 30_000).toISOString().slice(0, 16);
const later = (days: number, from = NOON) => new Date(from.getTime() + days * 86_400_000);

describe('requests', () => {
  let test: UnderTest;
  let town: Town;
  let ivanov: Resident;
  let petrova: Resident;
  let master: Staff;
  let colleague: Staff;
  let residents: ResidentRequests;
  let staff: StaffRequests;
  let clock: Clock;
  let organizationId: string;

  beforeAll(async () => {
    test = await underTest(RequestsModule);
    town = await aTown(test.owner);
    organizationId = town.first.organizationId;
    ivanov = await aNeighbour(test.owner, town, 'ivanov', 0);
    petrova = await aNeighbour(test.owner, town, 'petrova', 1);
    master = await aDispatcher(test.owner, town, { login: 'master', organizationId });
    colleague = await aDispatcher(test.owner, town, { login: 'colleague', organizationId, role: 'OPERATOR' });
    residents = test.module.get(ResidentRequests);
    staff = test.module.get(StaffRequests);
    clock = test.module.get(Clock);
  }, 60_000);
  beforeEach(() => clock.moveTo(NOON));
  afterEach(() => expectBooksBalanced(test.owner));
  afterAll(() => test.close());

  const create = async () => (await residents.create(ivanov, aRequestInput(town))).id;
  const stateOf = async (id: string) => (await staff.get(organizationId, id)).request.state;

  /** Brings a new request into a state. */
  async function inState(state: RequestState): Promise<string> {
    const id = await create();
    if (state === 'NEW') return id;
    if (state === 'CANCELED') await residents.cancel(ivanov, organizationId, id);
    else await staff.take(master, organizationId, id);
    if (state === 'CLARIFICATION')
      await staff.reply(master, organizationId, id, { text: 'Когда?', ask: true });
    if (state === 'REJECTED') await staff.reject(master, organizationId, id, 'Не наш дом');
    if (state === 'DONE' || state === 'CLOSED')
      await staff.finish(master, organizationId, id, 'Кран заменён');
    if (state === 'CLOSED') await residents.accept(ivanov, organizationId, id);
    return id;
  }

  const PEOPLES_STEPS: Partial<Record<RequestStep, (id: string) => Promise<unknown>>> = {
    take: (id) => staff.take(colleague, organizationId, id),
    assign: (id) => staff.assign(master, organizationId, id, colleague.userId),
    ask: (id) => staff.reply(master, organizationId, id, { text: 'Когда?', ask: true }),
    reply: (id) => staff.reply(master, organizationId, id, { text: 'Едем', ask: false }),
    finish: (id) => staff.finish(master, organizationId, id, 'Сделано'),
    reject: (id) => staff.reject(master, organizationId, id, 'Не наш дом'),
    answer: (id) => residents.answer(ivanov, organizationId, id, 'Вечером'),
    accept: (id) => residents.accept(ivanov, organizationId, id),
    reopen: (id) => residents.reopen(ivanov, organizationId, id, 'Снова течёт'),
    cancel: (id) => residents.cancel(ivanov, organizationId, id),
    rate: (id) => residents.rate(ivanov, organizationId, id, { stars: 5, text: '' }),
  };
  const STATES = ['NEW', 'IN_WORK', 'CLARIFICATION', 'DONE', 'CLOSED', 'CANCELED', 'REJECTED'] as const;

  it.each(STATES)('from %s makes the legal steps and refuses the others without a trace', async (state) => {
    for (const [step, make] of Object.entries(PEOPLES_STEPS)) {
      const rule = Object.entries(REQUEST_STEPS).find(([name]) => name === step)?.[1];
      // somebody else's work cannot be taken
      const isLegal = rule?.from.some((one) => one === state) && !(step === 'take' && state === 'IN_WORK');
      const id = await inState(state);
      if (isLegal) await make(id);
      else {
        const before = await test.module.get(RequestDetails).listEvents({ organizationId, id });
        expect(await refusalOf(make(id))).toEqual(['REQUEST_STATE']);
        expect(await stateOf(id)).toBe(state);
        expect(await test.module.get(RequestDetails).listEvents({ organizationId, id })).toEqual(before);
      }
    }
  });

  it('lives from the resident’s words to the resident’s thanks, everything written down', async () => {
    const made = await residents.create(ivanov, aRequestInput(town, { text: '  Течёт кран ' }));
    const { id } = made;
    expect(made).toMatchObject({
      state: 'NEW',
      phone: '+79123456789',
      text: 'Течёт кран',
      accountNumber: '100001',
      address: 'Приреченск, Садовая, 12, кв. 1',
      assignee: null,
    });
    expect([minute(made.createdAt), minute(made.dueAt)]).toEqual([minute(NOON), minute(later(1))]);
    await staff.take(master, organizationId, id);
    await staff.reply(master, organizationId, id, { text: 'Когда вы дома?', ask: true });
    await clock.moveTo(later(2));
    const answered = await residents.answer(ivanov, organizationId, id, 'Вечером');
    expect(answered).toMatchObject({ state: 'IN_WORK', assignee: 'Мастер master' });
    expect(minute(answered.dueAt)).toBe(minute(later(3)));
    await staff.finish(master, organizationId, id, 'Кран заменён');
    await residents.accept(ivanov, organizationId, id);
    const rated = await residents.rate(ivanov, organizationId, id, { stars: 5, text: 'Спасибо' });
    expect(rated).toMatchObject({ state: 'CLOSED', rating: 5, ratingText: 'Спасибо' });
    expect(minute(rated.doneAt)).toBe(minute(later(2)));

    const events = await test.module.get(RequestDetails).listEvents({ organizationId, id });
    expect(events.map(({ kind, byStaff, toState }) => [kind, byStaff, toState])).toEqual([
      ['CREATED', false, 'NEW'],
      ['ASSIGNED', true, 'IN_WORK'],
      ['STATE', true, 'CLARIFICATION'],
      ['STATE', false, 'IN_WORK'],
      ['STATE', true, 'DONE'],
      ['STATE', false, 'CLOSED'],
      ['RATED', false, null],
    ]);
    const facts = await rows<{ fact: string; eventId: string }>(
      test.owner,
      `select fact, payload->>'eventId' as "eventId" from outbox where payload->>'requestId' = $1 order by id`,
      [id],
    );
    expect(facts.map(({ eventId }) => eventId)).toEqual(events.map((event) => event.id));
    expect(facts.map(({ fact }) => fact)).toEqual(['RequestCreated', ...Array(6).fill('RequestChanged')]);
    const audit = await rows<{ action: string }>(
      test.owner,
      `select action from audit_event where object_kind = 'request' and object_id = $1 order by id`,
      [id],
    );
    expect(audit.map(({ action }) => action)).toEqual(
      ['create', 'take', 'ask', 'answer', 'finish', 'accept', 'rate'].map((step) => `request.${step}`),
    );
  });

  it('is taken by one of two who reach for it at once', async () => {
    const id = await create();
    const both = await Promise.allSettled([
      staff.take(master, organizationId, id),
      staff.take(colleague, organizationId, id),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const winner = both[0]?.status === 'fulfilled' ? master : colleague;
    expect(await staff.get(organizationId, id)).toMatchObject({ assigneeId: winner.userId, mayTake: false });
    const taken = await rows(
      test.owner,
      `select from request_event where request_id = $1 and kind = 'ASSIGNED'`,
      [id],
    );
    expect(taken).toHaveLength(1);
  });

  it('makes one request of a key that is sent eight times at once', async () => {
    const input = aRequestInput(town);
    const made = await Promise.all(Array.from({ length: 8 }, () => residents.create(ivanov, input)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    for (const other of [{ text: 'Совсем другое' }, { phone: '+79129999999' }])
      expect(await refusalOf(residents.create(ivanov, { ...input, ...other }))).toEqual([
        'IDEMPOTENCY_KEY_REUSED',
      ]);
  });

  it('numbers requests that come at once one after another, in each organisation from one', async () => {
    const made = await Promise.all(
      Array.from({ length: 6 }, () => residents.create(ivanov, aRequestInput(town))),
    );
    const numbers = made.map(({ number }) => number).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 6 }, (_, at) => (numbers[0] ?? 0) + at));
    const outsider = await aNeighbour(test.owner, town, 'outsider');
    const second = town.second;
    await rows(
      test.owner,
      `insert into account_link (created_at, organization_id, user_id, account_id, proof) values (now(), $1, $2, $3, 'STAFF')`,
      [second.organizationId, outsider.userId, second.accountIds[0]],
    );
    const there = { organizationId: second.organizationId, accountId: second.accountIds[0] ?? '' };
    expect((await residents.create(outsider, aRequestInput(town, there))).number).toBe(1);
  });

  it('names everything that is wrong with a new request', async () => {
    const wrong = (more: object) => refusalOf(residents.create(ivanov, aRequestInput(town, more)));
    expect(await wrong({ phone: 'звоните', text: '  ' })).toEqual(['PHONE_FORM', 'REQUIRED']);
    expect(await wrong({ phone: '' })).toEqual(['REQUIRED']);
    expect(await wrong({ text: 'я'.repeat(4001) })).toEqual(['TOO_LONG']);
    expect(
      (await residents.create(ivanov, aRequestInput(town, { text: 'я'.repeat(4000) }))).text,
    ).toHaveLength(4000);
  });

  it('takes the organisation’s own area code and terms', async () => {
    await rows(test.owner, 'update organization set settings = $2 where id = $1', [
      organizationId,
      { cityCode: '8552', requestHours: { LIFT: 2 } },
    ]);
    const made = await residents.create(ivanov, aRequestInput(town, { phone: '22-77-88', category: 'LIFT' }));
    expect(made.phone).toBe('+78552227788');
    expect(minute(made.dueAt)).toBe('2026-10-20T11:00');
  });

  it('is nowhere to be found for other residents, other organisations and ids that are none', async () => {
    const id = await inState('DONE');
    for (const step of ['answer', 'accept', 'reopen', 'cancel'] as const)
      await expect(residents[step](petrova, organizationId, id, 'текст')).rejects.toThrow(NotFound);
    await expect(residents.rate(petrova, organizationId, id, { stars: 1, text: '' })).rejects.toThrow(
      NotFound,
    );
    await expect(residents.get(petrova, organizationId, id)).rejects.toThrow(NotFound);
    await expect(residents.create(petrova, aRequestInput(town))).rejects.toThrow(NotFound);
    await expect(staff.get(town.second.organizationId, id)).rejects.toThrow(NotFound);
    await expect(staff.take(master, town.second.organizationId, id)).rejects.toThrow(NotFound);
    for (const none of ['0', 'x', '9'.repeat(30)]) {
      await expect(residents.get(ivanov, organizationId, none)).rejects.toThrow(NotFound);
      await expect(staff.finish(master, organizationId, none, 'текст')).rejects.toThrow(NotFound);
    }
    expect(await stateOf(id)).toBe('DONE');
  });

  it('is given only to a colleague of the organisation who works on requests', async () => {
    const id = await create();
    const { organizationId: foreign } = town.second;
    const reader = await aDispatcher(test.owner, town, { login: 'reader', organizationId, role: 'READER' });
    const stranger = await aDispatcher(test.owner, town, { login: 'stranger', organizationId: foreign });
    for (const { userId } of [reader, stranger, ivanov])
      await expect(staff.assign(master, organizationId, id, userId)).rejects.toThrow(NotFound);
    const given = await staff.assign(master, organizationId, id, colleague.userId);
    expect(given).toMatchObject({
      assigneeId: colleague.userId,
      request: { state: 'IN_WORK' },
      holder: 'Иванов Иван Иванович',
    });
    expect((await staff.colleagues(organizationId)).map(({ id: one }) => one).sort()).toEqual(
      [master.userId, colleague.userId].sort(),
    );
  });

  it('is rated once, also by two at once', async () => {
    const id = await inState('CLOSED');
    const rate = () => residents.rate(ivanov, organizationId, id, { stars: 4, text: '' });
    const both = await Promise.allSettled([rate(), rate()]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await refusalOf(rate())).toEqual(['ALREADY_RATED']);
    await expect(residents.rate(ivanov, organizationId, id, { stars: 6, text: '' })).rejects.toMatchObject({
      status: 400,
    });
  });

  it('reopens within five days, with a new deadline', async () => {
    const id = await inState('DONE');
    const other = await inState('DONE');
    await clock.moveTo(new Date(later(5).getTime() - 60_000));
    const reopened = await residents.reopen(ivanov, organizationId, id, 'Снова течёт');
    expect(reopened).toMatchObject({ state: 'IN_WORK', doneAt: null, reopened: 1 });
    expect(minute(reopened.dueAt)).toBe('2026-10-26T08:59');
    await clock.moveTo(new Date(later(5).getTime() + 60_000));
    expect(await refusalOf(residents.reopen(ivanov, organizationId, other, 'Поздно'))).toEqual([
      'REQUEST_STATE',
    ]);
  });

  it('closes by itself what nobody speaks about, once', async () => {
    const silent = test.module.get(SilentRequests);
    await clock.moveTo(later(100));
    await silent.close();
    await clock.moveTo(NOON);
    const [done, asked, working] = [
      await inState('DONE'),
      await inState('CLARIFICATION'),
      await inState('IN_WORK'),
    ];
    await clock.moveTo(later(4));
    expect(await silent.close()).toBe(0);
    await clock.moveTo(later(6));
    expect(await silent.close()).toBe(1);
    expect(await stateOf(done)).toBe('CLOSED');
    await clock.moveTo(later(8));
    const closed = await Promise.all([silent.close(), silent.close()]);
    expect(closed.reduce((sum, one) => sum + one, 0)).toBe(1);
    expect([await stateOf(asked), await stateOf(working)]).toEqual(['CLOSED', 'IN_WORK']);
    const last = (await test.module.get(RequestDetails).listEvents({ organizationId, id: asked })).at(-1);
    expect(last).toMatchObject({ byStaff: true, actor: 'УК «Заречный квартал»', toState: 'CLOSED' });
    expect(await refusalOf(residents.rate(ivanov, organizationId, asked, { stars: 1, text: '' }))).toEqual([
      'REQUEST_STATE',
    ]);
  });

  it('lists for staff by state, own work, words, number and address, with counts', async () => {
    const queries = test.module.get(RequestsQueries);
    const lift = await residents.create(ivanov, aRequestInput(town, { text: 'Застрял лифт 100%' }));
    await staff.take(colleague, organizationId, lift.id);
    const find = (filter: Partial<RequestFilterInput>) =>
      queries.page(
        organizationId,
        { userId: colleague.userId, filter: { mine: false, ...filter } },
        undefined,
      );
    expect((await find({ text: 'лифт 100%' })).items).toMatchObject([
      { id: lift.id, overdue: false, flat: '1' },
    ]);
    expect((await find({ text: `№ ${lift.number}` })).items.map(({ id }) => id)).toContain(lift.id);
    expect((await find({ text: 'Садовая, 12' })).total).toBeGreaterThan(1);
    expect((await find({ text: '_' })).total).toBe(0);
    const mine = await find({ mine: true, states: ['IN_WORK'] });
    expect(mine.items.every(({ assignee }) => assignee === 'Мастер colleague')).toBe(true);
    expect(mine.total).toBe(mine.counts.find(({ state }) => state === 'IN_WORK')?.count);
    const all = await find({});
    expect(all.total).toBe(all.counts.reduce((sum, { count }) => sum + count, 0));
    await clock.moveTo(later(2));
    expect((await find({ text: 'лифт 100%' })).items[0]?.overdue).toBe(true);
    const foreign = { userId: colleague.userId, filter: { mine: false, text: 'лифт' } };
    expect((await queries.page(town.second.organizationId, foreign, undefined)).total).toBe(0);
  });

  it('lists for a resident only requests of linked accounts, the latest first', async () => {
    const queries = test.module.get(RequestsQueries);
    const latest = await create();
    const mine = await queries.listOfResident(ivanov.userId, { number: 1, size: 2 });
    expect(mine.items).toHaveLength(2);
    expect(mine.total).toBeGreaterThan(2);
    expect((await queries.listOfResident(petrova.userId, undefined)).total).toBe(0);
    const newest = (await queries.listOfResident(ivanov.userId, { number: 1, size: 100 })).items;
    expect(newest.map(({ id }) => id)).toContain(latest);
    await rows(test.owner, 'update account_link set ended_at = now() where user_id = $1', [ivanov.userId]);
    expect((await queries.listOfResident(ivanov.userId, undefined)).total).toBe(0);
    await expect(residents.get(ivanov, organizationId, latest)).rejects.toThrow(NotFound);
    await rows(test.owner, 'update account_link set ended_at = null where user_id = $1', [ivanov.userId]);
  });
});
