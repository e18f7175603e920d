import { registerEnumType } from '@nestjs/graphql';
import { enumOf } from '@kvartal/platform';
import { REQUEST_CATEGORIES } from './request.rules';
import { REQUEST_STATES } from './request.states';

export const RequestStateEnum = enumOf(REQUEST_STATES);
registerEnumType(RequestStateEnum, {
  name: 'RequestState',
  description: 'How far a request has come. CLOSED, CANCELED and REJECTED are final.',
});

export const RequestCategoryEnum = enumOf(REQUEST_CATEGORIES);
registerEnumType(RequestCategoryEnum, { name: 'RequestCategory', description: 'What a request is about.' });

export const REQUEST_EVENT_KINDS = ['CREATED', 'ASSIGNED', 'STATE', 'MESSAGE', 'ATTACHED', 'RATED'] as const;
export type RequestEventKind = (typeof REQUEST_EVENT_KINDS)[number];
export const RequestEventKindEnum = enumOf(REQUEST_EVENT_KINDS);
registerEnumType(RequestEventKindEnum, {
  name: 'RequestEventKind',
  description: 'What happened to a request.',
});
