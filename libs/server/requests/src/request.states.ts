/** The states of a request, in the order in which it lives through them. */
export const REQUEST_STATES = [
  'NEW',
  'IN_WORK',
  'CLARIFICATION',
  'DONE',
  'CLOSED',
  'CANCELED',
  'REJECTED',
] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/** How long a done request waits for the resident's word, and a question for the resident's answer. */
export const ACCEPTANCE_DAYS = 5;
export const ANSWER_DAYS = 7;

/** `AS_BEFORE` leads back to where a question had stopped the work; `SAME` leaves the state alone. */
type Target = RequestState | 'AS_BEFORE' | 'SAME';
interface Step {
  readonly from: readonly RequestState[];
  readonly to: Target;
}

/** Every legal step. What is not here is refused; CLOSED, CANCELED and REJECTED are final. */
export const REQUEST_STEPS = {
  take: { from: ['NEW', 'IN_WORK'], to: 'IN_WORK' },
  assign: { from: ['NEW', 'IN_WORK'], to: 'IN_WORK' },
  ask: { from: ['NEW', 'IN_WORK'], to: 'CLARIFICATION' },
  reply: { from: ['NEW', 'IN_WORK', 'CLARIFICATION', 'DONE'], to: 'SAME' },
  finish: { from: ['IN_WORK'], to: 'DONE' },
  reject: { from: ['NEW', 'IN_WORK'], to: 'REJECTED' },
  answer: { from: ['CLARIFICATION'], to: 'AS_BEFORE' },
  accept: { from: ['DONE'], to: 'CLOSED' },
  reopen: { from: ['DONE'], to: 'IN_WORK' },
  cancel: { from: ['NEW'], to: 'CANCELED' },
  rate: { from: ['DONE', 'CLOSED'], to: 'SAME' },
  attach: { from: ['NEW', 'IN_WORK', 'CLARIFICATION', 'DONE'], to: 'SAME' },
  closeAccepted: { from: ['DONE'], to: 'CLOSED' },
  closeUnanswered: { from: ['CLARIFICATION'], to: 'CLOSED' },
} as const satisfies Record<string, Step>;
export type RequestStep = keyof typeof REQUEST_STEPS;

/** What of a request its steps depend on and change. */
export interface RequestProgress {
  readonly state: RequestState;
  readonly stateBefore: RequestState | null;
  readonly assigneeId: string | null;
  readonly dueAt: Date;
  readonly doneAt: Date | null;
  readonly closedAt: Date | null;
  readonly reopened: number;
  readonly rating: number | null;
  readonly ratingText: string | null;
  readonly ratedAt: Date | null;
}

/** What a step brings with it. */
export interface StepOccasion {
  readonly now: Date;
  /** When the question that stopped the work was put. */
  readonly askedAt?: Date | null | undefined;
  readonly assigneeId?: string | undefined;
  /** A fresh deadline, for a request that goes to work again. */
  readonly newDueAt?: Date | undefined;
  readonly rating?: number | undefined;
  readonly ratingText?: string | undefined;
}

const DAY_MS = 86_400_000;
const FINAL: readonly RequestState[] = ['CLOSED', 'CANCELED', 'REJECTED'];

/** Whether `days` have passed since an instant; the last moment of them still counts as within. */
export const havePassed = (since: Date, days: number, now: Date): boolean =>
  now.getTime() > since.getTime() + days * DAY_MS;

/** Whether a step may be made now; a rating is refused for itself (ALREADY_RATED), not here. */
export function mayStep(request: RequestProgress, step: RequestStep, now: Date): boolean {
  const { from }: Step = REQUEST_STEPS[step];
  if (!from.includes(request.state)) return false;
  if (step === 'take') return request.state === 'NEW' || request.assigneeId === null;
  if (step === 'rate') return request.doneAt !== null;
  if (step === 'reopen') return request.doneAt !== null && !havePassed(request.doneAt, ACCEPTANCE_DAYS, now);
  if (step === 'closeAccepted')
    return request.doneAt !== null && havePassed(request.doneAt, ACCEPTANCE_DAYS, now);
  return true;
}

function targetOf(request: RequestProgress, step: RequestStep): RequestState {
  const { to }: Step = REQUEST_STEPS[step];
  if (to === 'SAME') return request.state;
  return to === 'AS_BEFORE' ? (request.stateBefore ?? 'NEW') : to;
}

/** The clock of the deadline stands while the resident's answer is awaited. */
function dueAfter(
  request: RequestProgress,
  step: RequestStep,
  { now, askedAt, newDueAt }: StepOccasion,
): Date {
  if (step === 'reopen') return newDueAt ?? request.dueAt;
  if (step !== 'answer' || !askedAt) return request.dueAt;
  return new Date(request.dueAt.getTime() + now.getTime() - askedAt.getTime());
}

/** The request after a step (spec J.2), or undefined where the step is not legal. */
export function afterStep(
  request: RequestProgress,
  step: RequestStep,
  occasion: StepOccasion,
): RequestProgress | undefined {
  const { now, askedAt } = occasion;
  if (!mayStep(request, step, now)) return undefined;
  if (step === 'closeUnanswered' && !(askedAt && havePassed(askedAt, ANSWER_DAYS, now))) return undefined;
  const state = targetOf(request, step);
  const stays = state === request.state;
  return {
    state,
    stateBefore: state !== 'CLARIFICATION' ? null : stays ? request.stateBefore : request.state,
    assigneeId: occasion.assigneeId ?? request.assigneeId,
    dueAt: dueAfter(request, step, occasion),
    doneAt: stays || FINAL.includes(state) ? request.doneAt : state === 'DONE' ? now : null,
    closedAt: stays ? request.closedAt : FINAL.includes(state) ? now : null,
    reopened: request.reopened + (step === 'reopen' ? 1 : 0),
    rating: occasion.rating ?? request.rating,
    ratingText: occasion.ratingText ?? request.ratingText,
    ratedAt: occasion.rating === undefined ? request.ratedAt : now,
  };
}
