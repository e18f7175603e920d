import { BadRequestException, Inject, Injectable } from '@nestjs/common';
import { AccountAccess } from '@kvartal/accounts';
import {
  Clock,
  NotFound,
  Outbox,
  Refusal,
  type RefusalDetail,
  type Resident,
  type Tx,
  audit,
  inTransaction,
  row,
  rows,
} from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { REQUEST_CREATED } from './request.events';
import { type RequestRules, deadlineOf, normalisePhone } from './request.rules';
import { RequestSteps, type WantedStep, addEvent, rulesOf } from './request.steps';
import { writtenText } from './request.text';
import { RequestsQueries } from './requests.queries';
import type { CreateRequestInput, Request } from './requests.types';

type OwnStep = Omit<WantedStep, 'organizationId' | 'requestId'>;
/** A request as it is stored: its words checked, its phone in E.164. */
type NewRequest = CreateRequestInput;

/** What residents do with requests of the accounts that are linked to them. */
@Injectable()
export class ResidentRequests {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(AccountAccess) private readonly access: AccountAccess,
    @Inject(RequestsQueries) private readonly queries: RequestsQueries,
    @Inject(RequestSteps) private readonly steps: RequestSteps,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Outbox) private readonly outbox: Outbox,
  ) {}

  /** Throws NotFound unless the request's account is linked to this person. */
  async get(viewer: Resident, organizationId: string, id: string): Promise<Request> {
    const request = await this.queries.find(organizationId, id);
    if (!request || !(await this.access.isLinked(viewer, organizationId, request.accountId)))
      throw new NotFound();
    return request;
  }

  /**
   * Makes a request; the same `clientKey` again answers the one that was made. Refuses PHONE_FORM, REQUIRED, TOO_LONG,
   * and IDEMPOTENCY_KEY_REUSED for a key used for something else; throws NotFound for an account that is not linked.
   */
  async create(viewer: Resident, input: CreateRequestInput): Promise<Request> {
    const { organizationId, accountId, clientKey } = input;
    await this.access.require(viewer, organizationId, accountId);
    const rules = await rulesOf(this.db, organizationId);
    const wanted = checked(input, rules);
    const id = await inTransaction(this.db, async (tx) => {
      // one at a time in an organisation: numbers follow each other, and a key that is sent twice finds its request
      await rows(tx, `select pg_advisory_xact_lock(hashtextextended('request', $1))`, [organizationId]);
      const made = await row<{ id: string; text: string; category: string; phone: string }>(
        tx,
        'select id, text, category, phone from request where organization_id = $1 and account_id = $2 and client_key = $3',
        [organizationId, accountId, clientKey],
      );
      if (made && (['text', 'category', 'phone'] as const).some((name) => made[name] !== wanted[name]))
        throw new Refusal('IDEMPOTENCY_KEY_REUSED', { path: ['clientKey'] });
      return made?.id ?? this.add(tx, viewer, wanted, rules);
    });
    return this.get(viewer, organizationId, id);
  }

  /** Answers the question that stopped the work. Refuses REQUEST_STATE, REQUIRED, TOO_LONG. */
  async answer(viewer: Resident, organizationId: string, id: string, text: string): Promise<Request> {
    return this.step(viewer, organizationId, id, { step: 'answer', kind: 'STATE', text: writtenText(text) });
  }

  /** Agrees that it is done. Refuses REQUEST_STATE. */
  accept(viewer: Resident, organizationId: string, id: string): Promise<Request> {
    return this.step(viewer, organizationId, id, { step: 'accept', kind: 'STATE' });
  }

  /** Says what is not done, within five days. Refuses REQUEST_STATE, REQUIRED, TOO_LONG. */
  async reopen(viewer: Resident, organizationId: string, id: string, text: string): Promise<Request> {
    return this.step(viewer, organizationId, id, { step: 'reopen', kind: 'STATE', text: writtenText(text) });
  }

  /** Takes it back while nobody works on it. Refuses REQUEST_STATE. */
  cancel(viewer: Resident, organizationId: string, id: string): Promise<Request> {
    return this.step(viewer, organizationId, id, { step: 'cancel', kind: 'STATE' });
  }

  /** Rates what was done, once. Refuses REQUEST_STATE, ALREADY_RATED, TOO_LONG. */
  async rate(
    viewer: Resident,
    organizationId: string,
    id: string,
    given: { stars: number; text: string },
  ): Promise<Request> {
    if (!(given.stars >= 1 && given.stars <= 5)) throw new BadRequestException('stars is from 1 to 5');
    const ratingText = given.text.trim() && writtenText(given.text);
    const rated = { rating: given.stars, ratingText, text: ratingText };
    return this.step(viewer, organizationId, id, { step: 'rate', kind: 'RATED', ...rated });
  }

  private async step(viewer: Resident, organizationId: string, id: string, step: OwnStep): Promise<Request> {
    await this.get(viewer, organizationId, id);
    await this.steps.make(viewer, { organizationId, requestId: id, ...step });
    return this.get(viewer, organizationId, id);
  }

  private async add(tx: Tx, viewer: Resident, wanted: NewRequest, rules: RequestRules): Promise<string> {
    const { organizationId, accountId, category, phone, text, clientKey } = wanted;
    const now = await this.clock.now();
    const added = await row<{ id: string }>(
      tx,
      `insert into request (organization_id, number, house_id, account_id, author_id, category, phone, text, due_at,
         client_key, created_at)
       select a.organization_id, coalesce((select max(number) from request where organization_id = $1), 0) + 1,
         a.house_id, a.id, $3, $4, $5, $6, $7, $8, $9
       from account a where a.organization_id = $1 and a.id = $2 returning id`,
      [
        organizationId,
        accountId,
        viewer.userId,
        category,
        phone,
        text,
        deadlineOf(category, now, rules),
        clientKey,
        now,
      ],
    );
    if (!added) throw new NotFound();
    const requestId = added.id;
    const created = { kind: 'CREATED', fromState: null, toState: 'NEW', text: '', at: now } as const;
    const eventId = await addEvent(tx, viewer, { organizationId, requestId, ...created });
    await this.outbox.add(tx, { fact: REQUEST_CREATED, organizationId, payload: { requestId, eventId } });
    await audit(tx, viewer, {
      at: now,
      action: 'request.create',
      organizationId,
      objectKind: 'request',
      objectId: requestId,
    });
    return requestId;
  }
}

/** Everything that is wrong with it is told at once. */
function checked(input: CreateRequestInput, rules: RequestRules): NewRequest {
  const refusals: RefusalDetail[] = [];
  const phone = normalisePhone(input.phone, rules.cityCode ?? '');
  if (!phone) refusals.push({ code: input.phone.trim() ? 'PHONE_FORM' : 'REQUIRED', path: ['phone'] });
  let text = '';
  try {
    text = writtenText(input.text);
  } catch (failure) {
    if (!(failure instanceof Refusal)) throw failure;
    refusals.push(...failure.refusals);
  }
  if (refusals.length || !phone) throw new Refusal(refusals);
  return { ...input, phone, text };
}
