import { inject, Service } from '@angular/core';
import { Api } from '@kvartal/api-client';
import {
  CreateApiKeyDocument,
  type CreateApiKeyMutation,
  type KeyScope,
  RevokeApiKeyDocument,
} from '../../generated/graphql';
import { Staff } from '../shell/staff';

/** The keys by which other systems speak to the API for this organisation. All throw ApiFailure. */
@Service()
export class Keys {
  private readonly api = inject(Api);
  private readonly staff = inject(Staff);

  /** The secret is in this answer and nowhere else. */
  async create(name: string, scopes: readonly KeyScope[]): Promise<CreateApiKeyMutation['createApiKey']> {
    const input = { organizationId: this.staff.organizationId() ?? '', name, scopes: [...scopes] };
    return (await this.api.mutate(CreateApiKeyDocument, { input })).createApiKey;
  }

  async revoke(id: string): Promise<void> {
    await this.api.mutate(RevokeApiKeyDocument, { organizationId: this.staff.organizationId() ?? '', id });
  }
}
