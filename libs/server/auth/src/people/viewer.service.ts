import { Injectable } from '@nestjs/common';
import { todayIn } from '@kvartal/domain';
import { Clock, type Viewer } from '@kvartal/platform';
import type { KnownPortal } from '../portals/portals';
import { permissionsOf } from '../roles';
import { PeopleService } from './people.service';
import type { ViewerAnswer } from './viewer.types';

const NOBODY = { kind: null, id: null, login: null, name: null, email: null, memberships: [] };
const ELSEWHERE = 'Europe/Moscow';

/** What somebody is told of themselves. */
@Injectable()
export class ViewerService {
  constructor(
    private readonly people: PeopleService,
    private readonly clock: Clock,
  ) {}

  async describe(viewer: Viewer, portal: KnownPortal | undefined): Promise<ViewerAnswer> {
    if (viewer.kind === 'resident' || viewer.kind === 'staff')
      return this.describePerson(viewer.userId, portal);
    return { ...NOBODY, ...(await this.present(portal)), signedIn: viewer.kind === 'key' };
  }

  async describePerson(userId: string, portal: KnownPortal | undefined): Promise<ViewerAnswer> {
    const [{ kind, id, login, name, email }, worksFor, present] = await Promise.all([
      this.people.get(userId),
      this.people.memberships(userId),
      this.present(portal),
    ]);
    const memberships = worksFor.map((one) => ({ ...one, permissions: [...permissionsOf(one.role)] }));
    return { ...present, signedIn: true, kind, id, login, name, email, memberships };
  }

  private async present(portal: KnownPortal | undefined): Promise<Pick<ViewerAnswer, 'today' | 'now'>> {
    const now = await this.clock.now();
    return { now, today: todayIn(now, portal?.timeZone ?? ELSEWHERE) };
  }
}
