import { Args, ID, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Account } from '@kvartal/accounts';
import type { Month } from '@kvartal/domain';
import { CurrentViewer, MonthScalar, type Refused, type Viewer, orRefused } from '@kvartal/platform';
import { type Difference, DifferenceResult } from './differences.types';
import { Differences } from './differences.service';
import {
  type Explained,
  ExplainedResult,
  LineMovement,
  Origin,
  type Preliminary,
  PreliminaryResult,
} from './explaining.types';
import { Explanations } from './explanations.service';
import { Preliminaries } from './preliminary.service';
import { WhatIfs } from './what-if.service';
import { WhatIfBase, WhatIfInput } from './what-if.types';

/** How an account was charged, to whoever may see the account: residents, staff and keys alike. */
@Resolver(() => Account)
export class AccountExplainingFields {
  constructor(
    private readonly explanations: Explanations,
    private readonly preliminaries: Preliminaries,
    private readonly differences: Differences,
    private readonly whatIfs: WhatIfs,
  ) {}

  @ResolveField(() => ExplainedResult, {
    description:
      'How the lines of a closed month were charged. Refused with PERIOD_NOT_CLOSED, and with EXPLANATION_DIFFERS where ' +
      'the stored lines could not be computed again.',
  })
  explained(
    @Parent() { organizationId, id }: Account,
    @Args('month', { type: () => MonthScalar, description: 'The month.' }) month: Month,
    @Args('serviceId', { type: () => ID, nullable: true, description: 'Only lines of this service.' })
    serviceId?: string | null,
    @Args('supplierId', { type: () => ID, nullable: true, description: 'Only lines of this supplier.' })
    supplierId?: string | null,
  ): Promise<Explained | Refused> {
    return orRefused(
      this.explanations.ofMonth({ organizationId, accountId: id }, month, { serviceId, supplierId }),
    );
  }

  @ResolveField(() => PreliminaryResult, {
    description:
      'What the open month would charge if it were closed now, and how: a preliminary calculation, no bill. Refused with ' +
      'PERIOD_NOT_OPEN, and after 60 in a minute with TOO_MANY_ATTEMPTS.',
  })
  preliminary(@Parent() { organizationId, id }: Account): Promise<Preliminary | Refused> {
    return orRefused(this.preliminaries.ofOpenMonth({ organizationId, accountId: id }));
  }

  @ResolveField(() => DifferenceResult, {
    description:
      'Why a closed month costs another sum than an earlier one: causes in kopeks that add up to the difference. Of a month ' +
      'and itself: what was learnt of it since it was closed, which is what a recalculation posts. Refused with ' +
      'PERIOD_NOT_CLOSED and EXPLANATION_DIFFERS.',
  })
  difference(
    @Parent() { organizationId, id }: Account,
    @Args('month', { type: () => MonthScalar, description: 'The later month.' }) month: Month,
    @Args('since', { type: () => MonthScalar, description: 'The month to compare it with.' }) since: Month,
  ): Promise<Difference | Refused> {
    return orRefused(this.differences.ofMonths({ organizationId, accountId: id }, month, since));
  }

  @ResolveField(() => WhatIfBase, {
    nullable: true,
    description:
      'What a what-if starts from; null where no month is closed, or nothing was charged in the last.',
  })
  whatIfBase(@Parent() { organizationId, id }: Account): Promise<WhatIfBase | null> {
    return this.whatIfs.base({ organizationId, accountId: id });
  }

  @ResolveField(() => DifferenceResult, {
    description:
      'What the last closed month would have cost with other facts, and why it would differ. Nothing is stored. Refused ' +
      'with PERIOD_NOT_CLOSED, NOT_A_NUMBER, NO_ZONE_TARIFF, and after 60 in a minute with TOO_MANY_ATTEMPTS.',
  })
  whatIf(
    @Parent() { organizationId, id }: Account,
    @Args('change', { description: 'The facts as they would be.' }) change: WhatIfInput,
  ): Promise<Difference | Refused> {
    return orRefused(this.whatIfs.answer({ organizationId, accountId: id }, change));
  }
}

/** Who entered a movement: staff see it. */
@Resolver(() => LineMovement)
export class LineMovementFields {
  @ResolveField(() => String, {
    nullable: true,
    description: 'Who entered it; only staff are told. Null where nobody is known.',
  })
  author(@Parent() { author }: LineMovement, @CurrentViewer() viewer: Viewer): string | null {
    return viewer.kind === 'staff' ? author : null;
  }
}

/** Who wrote a record: staff see it, residents see that it was entered and when. */
@Resolver(() => Origin)
export class OriginFields {
  @ResolveField(() => String, {
    nullable: true,
    description: 'Who entered it; only staff are told. Null where nobody is known.',
  })
  author(@Parent() { author }: Origin, @CurrentViewer() viewer: Viewer): string | null {
    return viewer.kind === 'staff' ? author : null;
  }
}
