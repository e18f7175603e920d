import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentViewer, DONE, Done, For, Needs, type Staff } from '@kvartal/platform';
import { KeysService } from './keys.service';
import { ApiKey, CreateApiKeyInput, CreateApiKeyResult, type CreatedApiKey, KeyArgs } from './keys.types';

@For('staff')
@Needs('KEY_MANAGE')
@Resolver(() => ApiKey)
export class KeysBackofficeResolver {
  constructor(private readonly keys: KeysService) {}

  @Query(() => [ApiKey], { description: 'staff, KEY_MANAGE. The keys of an organisation, the newest first.' })
  apiKeys(
    @Args('organizationId', { type: () => ID, description: 'Whose keys.' }) organizationId: string,
  ): Promise<ApiKey[]> {
    return this.keys.list(organizationId);
  }

  @Mutation(() => CreateApiKeyResult, {
    description: 'staff, KEY_MANAGE. Makes a key and shows it this once.',
  })
  createApiKey(
    @CurrentViewer() viewer: Staff,
    @Args('input', { description: 'The key to make.' }) input: CreateApiKeyInput,
  ): Promise<CreatedApiKey> {
    return this.keys.create(viewer, input);
  }

  @Mutation(() => Done, { description: 'staff, KEY_MANAGE. Ends a key at once and for good.' })
  async revokeApiKey(@CurrentViewer() viewer: Staff, @Args() { organizationId, id }: KeyArgs): Promise<Done> {
    await this.keys.revoke(viewer, organizationId, id);
    return DONE;
  }
}
