import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentViewer, For, Needs, type Staff } from '@kvartal/platform';
import { type LegalKind, LegalKindEnum } from './catalogue.enums';
import { LegalNumbersService } from './legal-numbers.service';
import { LegalNumberInput, LegalNumbers, LegalNumbersResult, LegalValue } from './legal-numbers.types';

const ORGANIZATION = { type: () => ID, description: 'The organisation, of whose country they are.' };

/** How staff see and set the legal numbers of their country. */
@For('staff')
@Resolver()
export class LegalNumbersBackofficeResolver {
  constructor(private readonly legal: LegalNumbersService) {}

  @Needs('ACCOUNT_READ')
  @Query(() => LegalNumbers, {
    description: 'staff, ACCOUNT_READ. The legal numbers of the organisation’s country.',
  })
  legalNumbers(
    @CurrentViewer() viewer: Staff,
    @Args('organizationId', ORGANIZATION) organizationId: string,
  ): Promise<LegalNumbers> {
    return this.legal.list(viewer, organizationId);
  }

  @Needs('ACCOUNT_READ')
  @Query(() => [LegalValue], {
    description:
      'staff, ACCOUNT_READ. All that was ever stated of a legal number, what was stated last first.',
  })
  legalNumberHistory(
    @Args('organizationId', ORGANIZATION) organizationId: string,
    @Args('kind', { type: () => LegalKindEnum, description: 'Which.' }) kind: LegalKind,
  ): Promise<LegalValue[]> {
    return this.legal.history(organizationId, kind);
  }

  @Needs('LAW_WRITE')
  @Mutation(() => LegalNumbersResult, {
    description:
      'staff, LAW_WRITE. Sets a legal number from a day on, for all organisations of the country: whoever does needs the ' +
      'permission in each of them. What was set of the days before stays, and so do months that are closed.',
  })
  async setLegalNumber(
    @CurrentViewer() viewer: Staff,
    @Args('input', { description: 'What is to be set.' }) input: LegalNumberInput,
  ): Promise<LegalNumbers> {
    await this.legal.set(viewer, input);
    return this.legal.list(viewer, input.organizationId);
  }
}
