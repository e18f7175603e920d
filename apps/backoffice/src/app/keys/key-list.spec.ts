import { TestBed } from '@angular/core/testing';
import {
  ApiKeysDocument,
  CreateApiKeyDocument,
  RevokeApiKeyDocument,
  type WholeKeyFragment,
} from '../../generated/graphql';
import { backofficeProviders, button, find, settled, signedIn, textOf } from '../../testing';
import { KeyList } from './key-list';

const key: WholeKeyFragment = {
  __typename: 'ApiKey',
  id: '1',
  name: 'Обмен с 1С',
  prefix: 'a1b2c3d4',
  scopes: ['ACCOUNTS_READ'],
  createdAt: '2026-11-20T08:00:00Z',
  revokedAt: null,
};

async function shown(keys: WholeKeyFragment[]) {
  TestBed.configureTestingModule({ providers: backofficeProviders() });
  const api = await signedIn();
  const fixture = TestBed.createComponent(KeyList);
  await settled();
  api.expectOne(ApiKeysDocument).flushData({ __typename: 'Query', apiKeys: keys });
  await settled();
  const page: HTMLElement = fixture.nativeElement;
  return { api, page };
}

describe('KeyList', () => {
  it('says why a list is empty and what to do', async () => {
    const { page } = await shown([]);
    expect(textOf(find(page, 'kv-empty'))).toContain('Ключей пока нет');
  });

  it('does not create a key without a name or a right', async () => {
    const { api, page } = await shown([]);
    button(page, 'Новый ключ').click();
    await settled();
    find<HTMLInputElement>(page, '#field-scopes').click();
    button(page, 'Создать ключ').click();
    await settled();
    api.expectNone(CreateApiKeyDocument);
    expect(textOf(find(page, 'kv-error-summary'))).toContain('Назовите ключ.');
    expect(textOf(find(page, 'kv-error-summary'))).toContain('У ключа нет ни одного права.');
  });

  it('shows the secret once, and never again', async () => {
    const { api, page } = await shown([]);
    button(page, 'Новый ключ').click();
    await settled();
    const name = find<HTMLInputElement>(page, '#field-name');
    name.value = 'Обмен с 1С';
    name.dispatchEvent(new Event('input'));
    button(page, 'Создать ключ').click();
    await settled();
    const create = api.expectOne(CreateApiKeyDocument);
    expect(create.operation.variables).toEqual({
      input: { organizationId: '1', name: 'Обмен с 1С', scopes: ['ACCOUNTS_READ'] },
    });
    create.flushData({ createApiKey: { __typename: 'CreatedApiKey', secret: 'kv_a1b2c3d4_secret', key } });
    await settled();
    api.expectOne(ApiKeysDocument).flushData({ __typename: 'Query', apiKeys: [key] });
    await settled();
    expect(find<HTMLInputElement>(page, 'kv-key-secret input').value).toBe('kv_a1b2c3d4_secret');
    button(page, 'Ключ сохранён').click();
    await settled();
    expect(page.innerHTML).not.toContain('secret');
    expect(textOf(page)).toContain('kv_a1b2c3d4_…');
  });

  it('revokes only after the consequence was confirmed', async () => {
    const { api, page } = await shown([key]);
    button(page, 'Отозвать').click();
    await settled();
    api.expectNone(RevokeApiKeyDocument);
    expect(textOf(page)).toContain('Система с этим ключом сразу потеряет доступ.');
    button(page, 'Отозвать ключ').click();
    await settled();
    const revoke = api.expectOne(RevokeApiKeyDocument);
    expect(revoke.operation.variables).toEqual({ organizationId: '1', id: '1' });
  });
});
