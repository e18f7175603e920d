import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Membership, Portal } from '@kvartal/auth';
import { NotFound } from '@kvartal/platform';
import { OrganizationsQueries } from './organizations.queries';
import { Organization } from './organizations.types';

/** Whose residents come in by a portal. */
@Resolver(() => Portal)
export class PortalFields {
  constructor(private readonly queries: OrganizationsQueries) {}

  @ResolveField(() => [Organization], { description: 'The organisations whose residents come in here.' })
  organizations(@Parent() portal: Portal): Promise<Organization[]> {
    return this.queries.listOfPortal(portal.id);
  }
}

/** For which organisation somebody works. */
@Resolver(() => Membership)
export class MembershipFields {
  constructor(private readonly queries: OrganizationsQueries) {}

  @ResolveField(() => Organization, { description: 'The organisation.' })
  async organization(@Parent() membership: Membership): Promise<Organization> {
    const [found] = await this.queries.listOf([membership.organizationId]);
    if (!found) throw new NotFound();
    return found;
  }
}
