import { registerEnumType } from '@nestjs/graphql';
import { KEY_SCOPES, PERMISSIONS, enumOf } from '@kvartal/platform';

export const COUNTRIES = ['RU', 'KZ'] as const;
export type Country = (typeof COUNTRIES)[number];
export const CountryEnum = enumOf(COUNTRIES);
registerEnumType(CountryEnum, { name: 'Country', description: 'Whose laws and formats are followed.' });

export const PERSON_KINDS = ['RESIDENT', 'LEGAL', 'STAFF'] as const;
export type PersonKind = (typeof PERSON_KINDS)[number];
export const PersonKindEnum = enumOf(PERSON_KINDS);
registerEnumType(PersonKindEnum, {
  name: 'PersonKind',
  description: 'As whom somebody signs in: a resident, a legal entity, staff of an organisation.',
});

export const PermissionEnum = enumOf(PERMISSIONS);
registerEnumType(PermissionEnum, {
  name: 'Permission',
  description: 'What staff may do in an organisation.',
});

export const KeyScopeEnum = enumOf(KEY_SCOPES);
registerEnumType(KeyScopeEnum, { name: 'KeyScope', description: 'What an API key may do.' });
