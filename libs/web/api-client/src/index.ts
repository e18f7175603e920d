export { Api, provideApi } from './api';
export { ApiFailure, failureOf, type FailureKind } from './failure';
export { loaded, type Loaded } from './loaded';
export { headersOf, PLACE, placeOf, type App, type Place } from './place';
export { fieldRefusals, isRefused, type FieldRefusal, type RefusalData, type RefusedData } from './refused';
export { Session, type SessionViewer } from './session';
export { Uploads, type Uploaded } from './upload';
