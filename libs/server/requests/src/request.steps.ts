import { Inject, Injectable } from '@nestjs/common';
import {
  Clock,
  NotFound,
  Outbox,
  Refusal,
  type Tx,
  type Viewer,
  audit,
  inTransaction,
  row,
  rows,
} from '@kvartal/platform';
import { DataSource } from 'typeorm';
import type { RequestEventKind } from './request.enums';
import { REQUEST_CHANGED } from './request.events';
import { type RequestCategory, type RequestRules, deadlineOf } from './request.rules';
import { type RequestProgress, type RequestStep, type StepOccasion, afterStep } from './request.states';

/** A step that somebody wants to make. */
export interface WantedStep {
  organizationId: string;
  requestId: string;
  step: RequestStep;
  kind: RequestEventKind;
  text?: string;
  assigneeId?: string;
  rating?: number;
  ratingText?: string;
}

export interface RequestInHand extends RequestProgress {
  organizationId: string;
  id: string;
  category: RequestCategory;
  askedAt: Date | null;
}
type Occasion = Omit<StepOccasion, 'now'>;

const LOCK = `select r.organization_id as "organizationId", r.id, r.category, r.state, r.state_before as "stateBefore",
    r.assignee_id as "assigneeId", r.due_at as "dueAt", r.done_at as "doneAt", r.closed_at as "closedAt", r.reopened,
    r.rating, r.rating_text as "ratingText", r.rated_at as "ratedAt",
    (select max(e.created_at) from request_event e where e.organization_id = r.organization_id
      and e.request_id = r.id and e.to_state = 'CLARIFICATION') as "askedAt"
  from request r where r.organization_id = $1 and r.id = $2 for no key update`;

const STORE = `update request set state = $3, state_before = $4, assignee_id = $5, due_at = $6, done_at = $7,
    closed_at = $8, reopened = $9, rating = $10, rating_text = $11, rated_at = $12
  where organization_id = $1 and id = $2`;

/** By what rules an organisation works on requests; its own settings before the usual ones. */
export async function rulesOf(tx: Pick<Tx, 'query'>, organizationId: string): Promise<RequestRules> {
  const rules = await row<RequestRules>(
    tx,
    `select time_zone as "timeZone", settings->>'cityCode' as "cityCode", settings->'requestHours' as "requestHours"
     from organization where id = $1`,
    [organizationId],
  );
  if (!rules) throw new NotFound();
  return rules;
}

/** The one way in which a request changes: locked, checked, changed, and written down as an event, a fact, an audit. */
@Injectable()
export class RequestSteps {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Outbox) private readonly outbox: Outbox,
  ) {}

  /** Throws NotFound where the organisation has no such request, REQUEST_STATE where the step is not legal now. */
  async make(viewer: Viewer | 'system', wanted: WantedStep): Promise<void> {
    await inTransaction(this.db, (tx) => this.makeIn(tx, viewer, wanted));
  }

  /** The same within a transaction that does more; the request stays locked until its end. Returns the moment of the step. */
  async makeIn(tx: Tx, viewer: Viewer | 'system', wanted: WantedStep): Promise<Date> {
    const request = await this.lock(tx, wanted);
    const now = await this.clock.now();
    if (wanted.step === 'rate' && request.rating !== null) throw new Refusal('ALREADY_RATED');
    const occasion = { ...(await this.occasionOf(tx, request, wanted)), now };
    const after = afterStep(request, wanted.step, occasion);
    if (!after) throw new Refusal('REQUEST_STATE', { params: { state: request.state } });
    await this.store(tx, request, after);
    await this.record(tx, viewer, wanted, { request, after, now });
    return now;
  }

  private async lock(tx: Tx, { organizationId, requestId }: WantedStep): Promise<RequestInHand> {
    const request = await row<RequestInHand>(tx, LOCK, [organizationId, requestId]);
    if (!request) throw new NotFound();
    return request;
  }

  private async occasionOf(tx: Tx, request: RequestInHand, wanted: WantedStep): Promise<Occasion> {
    const { assigneeId, rating, ratingText } = wanted;
    const occasion = { assigneeId, rating, ratingText, askedAt: request.askedAt };
    if (wanted.step !== 'reopen') return occasion;
    const rules = await rulesOf(tx, request.organizationId);
    return { ...occasion, newDueAt: deadlineOf(request.category, await this.clock.now(), rules) };
  }

  private async store(tx: Tx, { organizationId, id }: RequestInHand, after: RequestProgress): Promise<void> {
    const { state, stateBefore, assigneeId, dueAt, doneAt, closedAt, reopened, rating, ratingText, ratedAt } =
      after;
    const progress = [
      state,
      stateBefore,
      assigneeId,
      dueAt,
      doneAt,
      closedAt,
      reopened,
      rating,
      ratingText,
      ratedAt,
    ];
    await rows(tx, STORE, [organizationId, id, ...progress]);
  }

  private async record(
    tx: Tx,
    viewer: Viewer | 'system',
    { step, kind, text }: WantedStep,
    { request, after, now }: { request: RequestInHand; after: RequestProgress; now: Date },
  ): Promise<void> {
    const { organizationId, id } = request;
    const moved = request.state !== after.state;
    const eventId = await addEvent(tx, viewer, {
      organizationId,
      requestId: id,
      kind,
      fromState: moved ? request.state : null,
      toState: moved ? after.state : null,
      text: text ?? '',
      at: now,
    });
    const payload = { requestId: id, eventId };
    await this.outbox.add(tx, { fact: REQUEST_CHANGED, organizationId, payload });
    const what = { action: `request.${step}`, organizationId, objectKind: 'request', objectId: id };
    await audit(tx, viewer, { ...what, at: now, details: { from: request.state, to: after.state } });
  }
}

interface NewEvent {
  organizationId: string;
  requestId: string;
  kind: RequestEventKind;
  fromState: string | null;
  toState: string | null;
  text: string;
  at: Date;
}

/** Writes an event down and returns its id. What happens by itself counts as the organisation's doing. */
export async function addEvent(tx: Tx, viewer: Viewer | 'system', event: NewEvent): Promise<string> {
  const actorId =
    viewer !== 'system' && (viewer.kind === 'resident' || viewer.kind === 'staff') ? viewer.userId : null;
  const { organizationId, requestId, kind, fromState, toState, text, at } = event;
  const added = await row<{ id: string }>(
    tx,
    `insert into request_event (organization_id, request_id, kind, actor_id, by_staff, from_state, to_state, text, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
    [
      organizationId,
      requestId,
      kind,
      actorId,
      viewer === 'system' || viewer.kind !== 'resident',
      fromState,
      toState,
      text,
      at,
    ],
  );
  if (!added) throw new RangeError('The event was not written down');
  return added.id;
}
