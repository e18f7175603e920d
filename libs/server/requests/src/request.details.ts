import { Inject, Injectable } from '@nestjs/common';
import { rows } from '@kvartal/platform';
import DataLoader from 'dataloader';
import { DataSource } from 'typeorm';
import type { Attachment, RequestEvent } from './requests.types';

export interface RequestKey {
  organizationId: string;
  id: string;
}
type OfRequest<T> = T & { organizationId: string; requestId: string };

const nameOf = ({ organizationId, id }: RequestKey) => `${organizationId} ${id}`;

/** Requests of one statement: `wanted (organization_id, request_id)`. */
const WANTED = `with wanted as (select distinct * from unnest($1::bigint[], $2::bigint[]) w (organization_id, request_id))`;

const EVENTS = `${WANTED}
  select e.organization_id as "organizationId", e.request_id as "requestId", e.id, e.kind, e.by_staff as "byStaff",
    coalesce(nullif(u.name, ''), case when e.by_staff then coalesce(nullif(m.post, ''), o.short_name) else u.login end,
      '') as actor,
    e.from_state as "fromState", e.to_state as "toState", e.text, e.created_at as at
  from wanted w
  join request_event e using (organization_id, request_id)
  join organization o on o.id = e.organization_id
  left join portal_user u on u.id = e.actor_id
  left join membership m on m.organization_id = e.organization_id and m.user_id = e.actor_id
  order by e.id`;

const ATTACHMENTS = `${WANTED}
  select f.organization_id as "organizationId", f.request_id as "requestId", f.id, f.name,
    f.media_type as "mediaType", f.size::int,
    '/files/attachments/' || f.organization_id || '/' || f.id as url
  from wanted w join attachment f using (organization_id, request_id) order by f.id`;

/** What belongs to requests: fields that ask for it at the same moment share one statement. */
@Injectable()
export class RequestDetails {
  private readonly events = this.loader<RequestEvent>(EVENTS);
  private readonly attachments = this.loader<Attachment>(ATTACHMENTS);

  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** Everything that happened, the first first. */
  listEvents(request: RequestKey): Promise<RequestEvent[]> {
    return this.events.load(request);
  }

  /** The files, in the order in which they came. */
  listAttachments(request: RequestKey): Promise<Attachment[]> {
    return this.attachments.load(request);
  }

  private loader<T>(sql: string): DataLoader<RequestKey, T[]> {
    const load = async (keys: readonly RequestKey[]) => {
      const found = await rows<OfRequest<T>>(this.db, sql, [
        keys.map(({ organizationId }) => organizationId),
        keys.map(({ id }) => id),
      ]);
      const byRequest = new Map<string, T[]>();
      for (const one of found) {
        const name = nameOf({ organizationId: one.organizationId, id: one.requestId });
        byRequest.set(name, [...(byRequest.get(name) ?? []), one]);
      }
      return keys.map((key) => byRequest.get(nameOf(key)) ?? []);
    };
    return new DataLoader(load, { cache: false });
  }
}
