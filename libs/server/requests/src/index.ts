export { REQUEST_CHANGED, REQUEST_CREATED } from './request.events';
export { RequestsApi, RequestsModule, RequestsWorker } from './requests.module';
