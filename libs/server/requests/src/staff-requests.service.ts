import { Inject, Injectable } from '@nestjs/common';
import { ROLE_PERMISSIONS } from '@kvartal/auth';
import { Clock, NotFound, type Staff, isId, rows } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { type RequestStep, mayStep } from './request.states';
import { RequestSteps, type WantedStep } from './request.steps';
import { writtenText } from './request.text';
import { RequestsQueries } from './requests.queries';
import type { Colleague, StaffRequest } from './requests.types';

type Step = Omit<WantedStep, 'organizationId' | 'requestId'>;

/** Roles whose people work on requests. */
const WORKING_ROLES = Object.entries(ROLE_PERMISSIONS)
  .filter(([, permissions]) => permissions.includes('REQUEST_WORK'))
  .map(([role]) => role);

/** What staff do with the requests of their organisation; that they may is checked before they come here. */
@Injectable()
export class StaffRequests {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(RequestsQueries) private readonly queries: RequestsQueries,
    @Inject(RequestSteps) private readonly steps: RequestSteps,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Throws NotFound where the organisation has no such request. */
  async get(organizationId: string, id: string): Promise<StaffRequest> {
    const request = await this.queries.find(organizationId, id);
    if (!request) throw new NotFound();
    const now = await this.clock.now();
    const may = (step: RequestStep) => mayStep(request, step, now);
    return {
      request,
      holder: await this.queries.holderOf(request),
      accountId: request.accountId,
      assigneeId: request.assigneeId,
      mayTake: may('take'),
      mayReply: may('reply'),
      mayFinish: may('finish'),
      mayReject: may('reject'),
    };
  }

  /** Who of the organisation may work on requests, by name. */
  async colleagues(organizationId: string): Promise<Colleague[]> {
    return rows<Colleague>(
      this.db,
      `select u.id, coalesce(nullif(u.name, ''), u.login) as name, m.post
       from membership m join portal_user u on u.id = m.user_id
       where m.organization_id = $1 and m.role = any($2) and u.state = 'ACTIVE' order by 2, u.id`,
      [organizationId, WORKING_ROLES],
    );
  }

  /** Takes it for oneself. Refuses REQUEST_STATE, also where a colleague was quicker. */
  take(viewer: Staff, organizationId: string, id: string): Promise<StaffRequest> {
    return this.step(viewer, organizationId, id, {
      step: 'take',
      kind: 'ASSIGNED',
      assigneeId: viewer.userId,
    });
  }

  /** Gives it to a colleague who may work on requests; NotFound for anybody else. Refuses REQUEST_STATE. */
  async assign(viewer: Staff, organizationId: string, id: string, assigneeId: string): Promise<StaffRequest> {
    const colleague = (await this.colleagues(organizationId)).find((one) => one.id === assigneeId);
    if (!colleague) throw new NotFound();
    const text = [colleague.name, colleague.post].filter(Boolean).join(', ');
    return this.step(viewer, organizationId, id, { step: 'assign', kind: 'ASSIGNED', assigneeId, text });
  }

  /** Writes to the resident; a question (`ask`) stops the work until it is answered. Refuses REQUEST_STATE and texts. */
  async reply(
    viewer: Staff,
    organizationId: string,
    id: string,
    said: { text: string; ask: boolean },
  ): Promise<StaffRequest> {
    const text = writtenText(said.text);
    const step = said.ask
      ? ({ step: 'ask', kind: 'STATE' } as const)
      : ({ step: 'reply', kind: 'MESSAGE' } as const);
    return this.step(viewer, organizationId, id, { ...step, text });
  }

  /** Reports it as done, with what was done. Refuses REQUEST_STATE, REQUIRED, TOO_LONG. */
  async finish(viewer: Staff, organizationId: string, id: string, text: string): Promise<StaffRequest> {
    return this.step(viewer, organizationId, id, { step: 'finish', kind: 'STATE', text: writtenText(text) });
  }

  /** Says no, and why. Refuses REQUEST_STATE, REQUIRED, TOO_LONG. */
  async reject(viewer: Staff, organizationId: string, id: string, text: string): Promise<StaffRequest> {
    return this.step(viewer, organizationId, id, { step: 'reject', kind: 'STATE', text: writtenText(text) });
  }

  private async step(viewer: Staff, organizationId: string, id: string, step: Step): Promise<StaffRequest> {
    if (!isId(id)) throw new NotFound();
    await this.steps.make(viewer, { organizationId, requestId: id, ...step });
    return this.get(organizationId, id);
  }
}
