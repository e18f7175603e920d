import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import {
  FileStore,
  type Limit,
  NotFound,
  RateLimits,
  Refusal,
  type RefusalDetail,
  type Resident,
  type Staff,
  type Tx,
  fileUrl,
  inTransaction,
  requireIds,
  row,
} from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { MOST_FILES, allowedKindOf, fileNameOf } from './attachment.kinds';
import { RequestSteps } from './request.steps';
import { RequestsQueries } from './requests.queries';
import type { Attachment } from './requests.types';
import { ResidentRequests } from './resident-requests.service';

/** A file as it arrived, nothing of it believed. */
export interface ArrivedFile {
  name: string;
  content: Uint8Array;
}
interface GoodFile extends ArrivedFile {
  mediaType: string;
}
export interface OpenFile {
  name: string;
  mediaType: string;
  size: number;
  content: Readable;
}
export type Person = Resident | Staff;

const UPLOADS: Limit = { name: 'attachment-upload', points: 100, seconds: 3600 };
const keyOf = (organizationId: string, id: string) => `attachments/${organizationId}/${id}`;

/** Files of requests: taken by their content, given to whoever may see the request. */
@Injectable()
export class Attachments {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(RequestsQueries) private readonly queries: RequestsQueries,
    @Inject(ResidentRequests) private readonly residents: ResidentRequests,
    @Inject(RequestSteps) private readonly steps: RequestSteps,
    @Inject(FileStore) private readonly store: FileStore,
    @Inject(RateLimits) private readonly limits: RateLimits,
  ) {}

  /**
   * Whether this person may attach something to the request: asked before the files are read. Throws NotFound; refuses
   * TOO_MANY_ATTEMPTS beyond a hundred uploads an hour.
   */
  async admit(viewer: Person, organizationId: string, requestId: string): Promise<void> {
    await this.requireRequest(viewer, organizationId, requestId);
    await this.limits.spend(UPLOADS, viewer.userId);
  }

  /** Attaches all of the files or none. Refuses FILE_KIND, TOO_MANY_FILES, REQUIRED, REQUEST_STATE. */
  async add(
    viewer: Person,
    organizationId: string,
    requestId: string,
    files: readonly ArrivedFile[],
  ): Promise<Attachment[]> {
    await this.requireRequest(viewer, organizationId, requestId);
    const good = await checked(files);
    return inTransaction(this.db, async (tx) => {
      const names = good.map(({ name }) => name).join(', ');
      const step = { step: 'attach', kind: 'ATTACHED', text: names } as const;
      const at = await this.steps.makeIn(tx, viewer, { organizationId, requestId, ...step });
      await refuseTooMany(tx, { organizationId, requestId, more: good.length });
      const added: Attachment[] = [];
      for (const file of good)
        added.push(await this.write(tx, { viewer, organizationId, requestId, at }, file));
      return added;
    });
  }

  /** A file of a request that this person may see; NotFound for any other. */
  async open(viewer: Person, organizationId: string, id: string): Promise<OpenFile> {
    requireIds(organizationId, id);
    const found = await row<{ requestId: string; name: string; mediaType: string; size: string }>(
      this.db,
      `select request_id as "requestId", name, media_type as "mediaType", size from attachment
       where organization_id = $1 and id = $2`,
      [organizationId, id],
    );
    if (!found) throw new NotFound();
    await this.requireRequest(viewer, organizationId, found.requestId);
    const key = keyOf(organizationId, id);
    if (!(await this.store.has(key))) throw new NotFound();
    const { name, mediaType, size } = found;
    return { name, mediaType, size: Number(size), content: this.store.read(key) };
  }

  private async requireRequest(viewer: Person, organizationId: string, requestId: string): Promise<void> {
    if (viewer.kind === 'resident') await this.residents.get(viewer, organizationId, requestId);
    else if (!(await this.queries.find(organizationId, requestId))) throw new NotFound();
  }

  /** The file is written before the row is committed: an upload that fails may leave a file, never a row without. */
  private async write(
    tx: Tx,
    place: { viewer: Person; organizationId: string; requestId: string; at: Date },
    { name, mediaType, content }: GoodFile,
  ): Promise<Attachment> {
    const { viewer, organizationId, requestId, at } = place;
    const sha256 = createHash('sha256').update(content).digest();
    const added = await row<{ id: string }>(
      tx,
      `insert into attachment (organization_id, request_id, uploaded_by, name, media_type, size, sha256, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
      [organizationId, requestId, viewer.userId, name, mediaType, content.length, sha256, at],
    );
    if (!added) throw new RangeError('The attachment was not written down');
    await this.store.write(keyOf(organizationId, added.id), content);
    const url = fileUrl(viewer, `/files/attachments/${organizationId}/${added.id}`);
    return { id: added.id, name, mediaType, size: content.length, url };
  }
}

async function checked(files: readonly ArrivedFile[]): Promise<GoodFile[]> {
  if (files.length === 0) throw new Refusal('REQUIRED', { path: ['file'] });
  if (files.length > MOST_FILES) throw new Refusal('TOO_MANY_FILES', { params: { max: MOST_FILES } });
  const good: GoodFile[] = [];
  const refusals: RefusalDetail[] = [];
  for (const [at, { name, content }] of files.entries()) {
    const mediaType = await allowedKindOf(content);
    if (mediaType) good.push({ name: fileNameOf(name, mediaType), mediaType, content });
    else refusals.push({ code: 'FILE_KIND', path: ['file', at], params: { name } });
  }
  if (refusals.length) throw new Refusal(refusals);
  return good;
}

/** Counted with the request locked: two uploads at once cannot pass the limit together. */
async function refuseTooMany(
  tx: Tx,
  { organizationId, requestId, more }: { organizationId: string; requestId: string; more: number },
): Promise<void> {
  const there = await row<{ count: number }>(
    tx,
    'select count(*)::int as count from attachment where organization_id = $1 and request_id = $2',
    [organizationId, requestId],
  );
  if ((there?.count ?? 0) + more > MOST_FILES)
    throw new Refusal('TOO_MANY_FILES', { params: { max: MOST_FILES } });
}
