import { Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentViewer, For, type Resident } from '@kvartal/platform';
import { type PersonKind, PersonKindEnum } from '../auth.enums';
import { SessionsService } from '../sessions/sessions.service';
import { Me, Session } from './me.types';
import { PeopleService, type PersonRow } from './people.service';

@For('resident')
@Resolver(() => Me)
export class MeResolver {
  constructor(
    private readonly people: PeopleService,
    private readonly sessionsService: SessionsService,
  ) {}

  @Query(() => Me, { description: 'resident. Who is signed in, and everything of theirs.' })
  me(@CurrentViewer() { userId }: Resident): Me {
    let read: Promise<PersonRow> | undefined;
    return { id: userId, userId, person: () => (read ??= this.people.get(userId)) };
  }

  @ResolveField(() => String, { description: 'What I sign in with.' })
  async login(@Parent() me: Me): Promise<string> {
    return (await me.person()).login;
  }

  @ResolveField(() => String, { nullable: true, description: 'Where letters go.' })
  async email(@Parent() me: Me): Promise<string | null> {
    return (await me.person()).email;
  }

  @ResolveField(() => String, { nullable: true, description: 'My phone, in E.164.' })
  async phone(@Parent() me: Me): Promise<string | null> {
    return (await me.person()).phone;
  }

  @ResolveField(() => String, { description: 'My name; empty where none was given.' })
  async name(@Parent() me: Me): Promise<string> {
    return (await me.person()).name;
  }

  @ResolveField(() => PersonKindEnum, { description: 'As whom I sign in.' })
  async kind(@Parent() me: Me): Promise<PersonKind> {
    return (await me.person()).kind;
  }

  @ResolveField(() => [Session], { description: 'Where I am signed in, the latest first.' })
  async sessions(@CurrentViewer() { userId, sessionId }: Resident): Promise<Session[]> {
    const live = await this.sessionsService.list(userId);
    return live.map((session) => ({ ...session, current: session.id === sessionId }));
  }
}
