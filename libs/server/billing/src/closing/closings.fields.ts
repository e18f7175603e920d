import { Args, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { PageInput } from '@kvartal/platform';
import { type AnomalyKind, AnomalyKindEnum } from '../billing.enums';
import { ClosingAnomalies } from './closing.anomalies';
import { ClosingFindings } from './closing.findings';
import { ClosingQueries } from './closing.queries';
import { HeldCharges } from './held.queries';
import {
  AnomalyCount,
  AnomalyPage,
  Closing,
  ClosingChecklist,
  Finding,
  HeldPage,
  HouseCell,
  Period,
  SecondOpinionView,
  ServiceTotal,
} from './closing.types';

/** What of a closing is read only where it is asked for. Staff only: no resident's root reaches it. */
@Resolver(() => Closing)
export class ClosingFields {
  constructor(
    private readonly queries: ClosingQueries,
    private readonly anomaliesFound: ClosingAnomalies,
    private readonly heldCharges: HeldCharges,
  ) {}

  @ResolveField(() => Int, {
    description: 'Houses whose readings, facts or tariffs changed since they were computed.',
  })
  dirtyHouses(@Parent() closing: Closing): Promise<number> {
    return this.queries.countDirty(closing);
  }

  @ResolveField(() => [HouseCell], {
    description: 'Which houses these are, by address: only they are computed again.',
  })
  changedHouses(@Parent() closing: Closing): Promise<HouseCell[]> {
    return this.queries.changedHouses(closing);
  }

  @ResolveField(() => SecondOpinionView, {
    nullable: true,
    description: 'The latest second opinion about it; null until there is one.',
  })
  secondOpinion(@Parent() closing: Closing): Promise<SecondOpinionView | null> {
    return this.queries.opinion(closing);
  }

  @ResolveField(() => HeldPage, { description: 'What is not charged this month by a decision.' })
  held(
    @Parent() closing: Closing,
    @Args('page', {
      type: () => PageInput,
      nullable: true,
      description: 'Which page; the first 25 otherwise.',
    })
    page?: PageInput,
  ): Promise<HeldPage> {
    return this.heldCharges.page(closing, page);
  }

  @ResolveField(() => [HouseCell], { description: 'Every house, by address.' })
  facade(@Parent() closing: Closing): Promise<HouseCell[]> {
    return this.queries.facade({ organizationId: closing.organizationId, closingId: closing.id });
  }

  @ResolveField(() => [ServiceTotal], { description: 'By service, beside the last closed month.' })
  totals(@Parent() closing: Closing): Promise<ServiceTotal[]> {
    return this.queries.totals(closing);
  }

  @ResolveField(() => [AnomalyCount], { description: 'How many of each kind of anomaly.' })
  anomalyCounts(@Parent() closing: Closing): Promise<AnomalyCount[]> {
    return this.anomaliesFound.counts(closing);
  }

  @ResolveField(() => AnomalyPage, { description: 'Anomalies of a kind.' })
  anomalies(
    @Parent() closing: Closing,
    @Args('kind', { type: () => AnomalyKindEnum, description: 'Which kind.' }) kind: AnomalyKind,
    @Args('page', {
      type: () => PageInput,
      nullable: true,
      description: 'Which page; the first 25 otherwise.',
    })
    page?: PageInput,
  ): Promise<AnomalyPage> {
    return this.anomaliesFound.page(closing, kind, page);
  }
}

@Resolver(() => ClosingChecklist)
export class ChecklistFields {
  constructor(private readonly found: ClosingFindings) {}

  @ResolveField(() => [Finding], {
    description:
      'What of the month is broken or missing, with houses and accounts. It parks houses or is only told.',
  })
  findings(@Parent() { organizationId, month }: ClosingChecklist): Promise<Finding[]> {
    return this.found.of(organizationId, month);
  }
}

@Resolver(() => Period)
export class PeriodFields {
  constructor(private readonly queries: ClosingQueries) {}

  @ResolveField(() => Closing, {
    nullable: true,
    description: 'The closing that stands, or the one under way.',
  })
  async closing(@Parent() { organizationId, closingId }: Period): Promise<Closing | null> {
    return closingId === null ? null : this.queries.get({ organizationId, closingId });
  }
}
