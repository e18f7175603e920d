export { Api, provideApi } from './api';
export { ApiFailure, failureOf, type FailureKind } from './failure';
export { loaded, type Loaded } from './loaded';
export { headersOf, placeOf, type App, type Place } from './early/place';
export { PLACE } from './place-token';
export { fieldRefusals, isRefused, type FieldRefusal, type RefusalData, type RefusedData } from './refused';
export { Session, type SessionViewer } from './session';
export { Uploads, type Uploaded } from './upload';
