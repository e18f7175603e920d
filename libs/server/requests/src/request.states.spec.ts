import {
  REQUEST_STATES,
  REQUEST_STEPS,
  type RequestProgress,
  type RequestState,
  type RequestStep,
  afterStep,
  mayStep,
} from './request.states';

const NOW = new Date('2026-11-20T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

const progress = (state: RequestState, more: Partial<RequestProgress> = {}): RequestProgress => ({
  state,
  stateBefore: state === 'CLARIFICATION' ? 'IN_WORK' : null,
  assigneeId: state === 'NEW' ? null : '7',
  dueAt: new Date('2026-11-21T12:00:00Z'),
  doneAt: state === 'DONE' || state === 'CLOSED' ? daysAgo(1) : null,
  closedAt: null,
  reopened: 0,
  rating: null,
  ratingText: null,
  ratedAt: null,
  ...more,
});

/** Spec J.2, written down a second time: step → from → to. */
const LEGAL: Record<RequestStep, Partial<Record<RequestState, RequestState>>> = {
  take: { NEW: 'IN_WORK' },
  assign: { NEW: 'IN_WORK', IN_WORK: 'IN_WORK' },
  ask: { NEW: 'CLARIFICATION', IN_WORK: 'CLARIFICATION' },
  reply: { NEW: 'NEW', IN_WORK: 'IN_WORK', CLARIFICATION: 'CLARIFICATION', DONE: 'DONE' },
  finish: { IN_WORK: 'DONE' },
  reject: { NEW: 'REJECTED', IN_WORK: 'REJECTED' },
  answer: { CLARIFICATION: 'IN_WORK' },
  accept: { DONE: 'CLOSED' },
  reopen: { DONE: 'IN_WORK' },
  cancel: { NEW: 'CANCELED' },
  rate: { DONE: 'DONE', CLOSED: 'CLOSED' },
  attach: { NEW: 'NEW', IN_WORK: 'IN_WORK', CLARIFICATION: 'CLARIFICATION', DONE: 'DONE' },
  closeAccepted: { DONE: 'CLOSED' },
  closeUnanswered: { CLARIFICATION: 'CLOSED' },
};
const STEPS = Object.keys(LEGAL).filter((name): name is RequestStep => name in REQUEST_STEPS);

describe('the steps of a request', () => {
  for (const step of STEPS)
    for (const state of REQUEST_STATES)
      it(`${step} from ${state} ${LEGAL[step][state] ? `leads to ${LEGAL[step][state]}` : 'is refused'}`, () => {
        const more = step === 'closeAccepted' ? { doneAt: daysAgo(6) } : {};
        const occasion = { now: NOW, askedAt: daysAgo(8) };
        expect(afterStep(progress(state, more), step, occasion)?.state).toBe(LEGAL[step][state]);
      });

  it('has no step beyond those of the specification', () => {
    expect(Object.keys(REQUEST_STEPS).sort()).toEqual([...STEPS].sort());
  });

  it('lets nobody take what somebody has, and anybody what nobody has', () => {
    expect(mayStep(progress('IN_WORK', { assigneeId: '7' }), 'take', NOW)).toBe(false);
    expect(mayStep(progress('IN_WORK', { assigneeId: null }), 'take', NOW)).toBe(true);
  });

  it('reopens until the fifth day is over, the last moment included', () => {
    expect(mayStep(progress('DONE', { doneAt: daysAgo(5) }), 'reopen', NOW)).toBe(true);
    expect(mayStep(progress('DONE', { doneAt: new Date(daysAgo(5).getTime() - 1) }), 'reopen', NOW)).toBe(
      false,
    );
  });

  it('closes by itself only after the last moment in which somebody could have spoken', () => {
    expect(
      afterStep(progress('DONE', { doneAt: daysAgo(5) }), 'closeAccepted', { now: NOW }),
    ).toBeUndefined();
    const asked = progress('CLARIFICATION');
    expect(afterStep(asked, 'closeUnanswered', { now: NOW, askedAt: daysAgo(7) })).toBeUndefined();
    expect(afterStep(asked, 'closeUnanswered', { now: NOW })).toBeUndefined();
  });

  it('counts a reopening, forgets that it was done and takes the new deadline', () => {
    const newDueAt = new Date('2026-11-23T12:00:00Z');
    expect(afterStep(progress('DONE', { reopened: 1 }), 'reopen', { now: NOW, newDueAt })).toMatchObject({
      reopened: 2,
      doneAt: null,
      dueAt: newDueAt,
      assigneeId: '7',
    });
  });

  it('returns from a question to where it came from and gives back the time that it took', () => {
    const asked = afterStep(progress('NEW'), 'ask', { now: daysAgo(2) });
    expect(asked).toMatchObject({ state: 'CLARIFICATION', stateBefore: 'NEW' });
    const answered = asked && afterStep(asked, 'answer', { now: NOW, askedAt: daysAgo(2) });
    expect(answered).toMatchObject({
      state: 'NEW',
      stateBefore: null,
      dueAt: new Date('2026-11-23T12:00:00Z'),
    });
  });

  it('closes once and for all, and keeps when it was done', () => {
    const closed = afterStep(progress('DONE'), 'accept', { now: NOW });
    expect(closed).toMatchObject({ state: 'CLOSED', closedAt: NOW, doneAt: daysAgo(1) });
  });

  it('rates what was done, not what was closed for want of an answer', () => {
    expect(mayStep(progress('CLOSED', { doneAt: null }), 'rate', NOW)).toBe(false);
    const rated = afterStep(progress('CLOSED', { closedAt: daysAgo(1) }), 'rate', { now: NOW, rating: 5 });
    expect(rated).toMatchObject({ rating: 5, ratedAt: NOW, closedAt: daysAgo(1) });
  });
});
