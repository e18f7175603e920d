import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import type { Response } from 'express';
import { CurrentViewer, DONE, Done, For, type Resident, type Staff } from '@kvartal/platform';
import { ViewerService } from '../people/viewer.service';
import { giveCookie, takeCookie } from '../sessions/session-cookie';
import { CurrentVisitor, type Visitor } from '../viewers/arrival';
import { SignInInput, SignInResult, type SignedIn } from './entry.types';
import { SignInService } from './sign-in.service';

/** What resolvers are handed by Apollo. */
interface Exchange {
  res: Response;
}

@Resolver()
export class SignInResolver {
  constructor(
    private readonly service: SignInService,
    private readonly viewers: ViewerService,
  ) {}

  @For('anyone')
  @Mutation(() => SignInResult, {
    description:
      'anyone. Signs in: residents in the cabinet, staff in the back-office. The session goes into a cookie.',
  })
  async signIn(
    @CurrentVisitor() visitor: Visitor,
    @Args('input', { description: 'Who signs in.' }) input: SignInInput,
    @Context() { res }: Exchange,
  ): Promise<SignedIn> {
    const { token, userId } = await this.service.signIn(visitor, input);
    giveCookie(res, visitor.app, { token, remembered: input.remember });
    return { viewer: await this.viewers.describePerson(userId, visitor.portal) };
  }

  @For('resident', 'staff')
  @Mutation(() => Done, { description: 'resident, staff. Ends this session at once.' })
  async signOut(
    @CurrentViewer() viewer: Resident | Staff,
    @CurrentVisitor() { app }: Visitor,
    @Context() { res }: Exchange,
  ): Promise<Done> {
    await this.service.signOut(viewer);
    takeCookie(res, app);
    return DONE;
  }

  @For('resident', 'staff')
  @Mutation(() => Done, { description: 'resident, staff. Ends all my sessions at once, this one too.' })
  async signOutEverywhere(
    @CurrentViewer() viewer: Resident | Staff,
    @CurrentVisitor() { app }: Visitor,
    @Context() { res }: Exchange,
  ): Promise<Done> {
    await this.service.signOutEverywhere(viewer);
    takeCookie(res, app);
    return DONE;
  }
}
