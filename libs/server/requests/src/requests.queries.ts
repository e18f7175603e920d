import { Inject, Injectable } from '@nestjs/common';
import { addressLine, houseLine } from '@kvartal/accounts';
import { Clock, type PageInput, isId, limitOf, row, rows } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { isOverdue } from './request.rules';
import { REQUEST_STATES, type RequestState } from './request.states';
import type {
  Request,
  RequestCount,
  RequestFilterInput,
  RequestPage,
  StaffRequestRow,
} from './requests.types';

interface Place {
  city: string;
  street: string;
  house: string;
  flat: string;
  premisesKind: string;
}
type RequestRow = Omit<Request, 'address'> & Place;

const FROM = `from request r
  join account a on a.organization_id = r.organization_id and a.id = r.account_id
  join premises p on p.organization_id = a.organization_id and p.id = a.premises_id
  join house h on h.organization_id = r.organization_id and h.id = r.house_id
  left join portal_user u on u.id = r.assignee_id
  left join membership m on m.organization_id = r.organization_id and m.user_id = r.assignee_id`;

const PLACE = `h.city, h.street, h.number as house, p.number as flat, p.kind as "premisesKind"`;
/** A colleague's login is nobody's business outside. */
const ASSIGNEE = `case when u.id is not null then coalesce(nullif(u.name, ''), nullif(m.post, ''), 'Сотрудник') end`;

const COLUMNS = `r.organization_id as "organizationId", r.id, r.number, r.account_id as "accountId",
  a.number as "accountNumber", r.category, r.phone, r.text, r.state, r.state_before as "stateBefore",
  r.created_at as "createdAt", r.due_at as "dueAt", r.done_at as "doneAt", r.closed_at as "closedAt", r.reopened,
  r.assignee_id as "assigneeId", ${ASSIGNEE} as assignee, r.rating, r.rating_text as "ratingText",
  r.rated_at as "ratedAt", ${PLACE}`;

const requestView = (found: RequestRow): Request => ({ ...found, address: addressLine(found) });

type ListedRow = Omit<StaffRequestRow, 'overdue' | 'address'> & Place;

/** Reads requests for people. */
@Injectable()
export class RequestsQueries {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** One request of an organisation; undefined where there is none. */
  async find(organizationId: string, id: string): Promise<Request | undefined> {
    if (!isId(organizationId) || !isId(id)) return undefined;
    const found = await row<RequestRow>(
      this.db,
      `select ${COLUMNS} ${FROM} where r.organization_id = $1 and r.id = $2`,
      [organizationId, id],
    );
    return found && requestView(found);
  }

  /** Requests of all accounts that are linked to a person now, the latest first. */
  async listOfResident(userId: string, page?: PageInput): Promise<{ items: Request[]; total: number }> {
    const { limit, offset } = limitOf(page);
    const which = `${FROM} where exists (select from account_link l where l.user_id = $1
      and l.organization_id = r.organization_id and l.account_id = r.account_id and l.ended_at is null)`;
    const [found, count] = await Promise.all([
      rows<RequestRow>(
        this.db,
        `select ${COLUMNS} ${which} order by r.created_at desc, r.id desc limit $2 offset $3`,
        [userId, limit, offset],
      ),
      row<{ total: number }>(this.db, `select count(*)::int as total ${which}`, [userId]),
    ]);
    return { items: found.map(requestView), total: count?.total ?? 0 };
  }

  /** A page of an organisation's requests with how many there are in each state. */
  async page(
    organizationId: string,
    who: { userId: string; filter: RequestFilterInput | undefined },
    page?: PageInput,
  ): Promise<RequestPage> {
    const counts = await this.counts(organizationId, who);
    const states = who.filter?.states?.length ? who.filter.states : REQUEST_STATES;
    const { limit, offset } = limitOf(page);
    const found = await rows<ListedRow>(
      this.db,
      `select r.id, r.number, r.category, r.text, r.state, r.created_at as "createdAt", r.due_at as "dueAt",
         ${ASSIGNEE} as assignee, ${PLACE} ${FROM}
       where ${MATCHES} and r.state = any($5)
       order by r.state in ('DONE', 'CLOSED', 'CANCELED', 'REJECTED'),
         case when r.state in ('NEW', 'IN_WORK', 'CLARIFICATION') then r.due_at end, r.id desc
       limit $6 offset $7`,
      [...matchesParameters(organizationId, who), states, limit, offset],
    );
    const now = await this.clock.now();
    return {
      items: found.map((one) => listedView(one, now)),
      total: counts.reduce((sum, { state, count }) => (states.includes(state) ? sum + count : sum), 0),
      counts,
    };
  }

  /** Whose account it is on the organisation's today; empty where nobody is known. */
  async holderOf({ organizationId, accountId }: Request): Promise<string> {
    const holder = await row<{ name: string }>(
      this.db,
      `select case when r.kind = 'LEGAL' then r.company
         else concat_ws(' ', nullif(r.surname, ''), nullif(r.given_name, ''), nullif(r.patronymic, '')) end as name
       from holder r join organization o on o.id = r.organization_id
       where r.organization_id = $1 and r.account_id = $2 and upper_inf(r.known)
         and r.valid @> ($3::timestamptz at time zone o.time_zone)::date`,
      [organizationId, accountId, await this.clock.now()],
    );
    return holder?.name ?? '';
  }

  private async counts(organizationId: string, who: Searching): Promise<RequestCount[]> {
    const found = await rows<RequestCount>(
      this.db,
      `select r.state, count(*)::int as count ${FROM} where ${MATCHES} group by r.state`,
      matchesParameters(organizationId, who),
    );
    const countOf = (state: RequestState) => found.find((one) => one.state === state)?.count ?? 0;
    return REQUEST_STATES.map((state) => ({ state, count: countOf(state) }));
  }
}

interface Searching {
  userId: string;
  filter: RequestFilterInput | undefined;
}

const MATCHES = `r.organization_id = $1 and ($2::bigint is null or r.assignee_id = $2)
  and ($3::text is null or r.text ilike $3 or r.number::text = $4
    or concat_ws(' ', h.street, h.number, p.number) ilike $3 or a.number = $4)`;

function matchesParameters(organizationId: string, { userId, filter }: Searching): unknown[] {
  const text = filter?.text?.trim() || null;
  const pattern = text && `%${text.replace(/[\\%_]/g, '\\$&').replace(/[\s,]+/g, '%')}%`;
  return [organizationId, filter?.mine ? userId : null, pattern, text?.replace(/^№\s*/, '') ?? null];
}

function listedView(
  { city, street, house, flat, premisesKind, ...listed }: ListedRow,
  now: Date,
): StaffRequestRow {
  const place = { city, street, house, flat, premisesKind };
  return {
    ...listed,
    flat,
    house: houseLine(place),
    address: addressLine(place),
    overdue: isOverdue(listed, now),
  };
}
