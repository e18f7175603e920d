export { Admission, AdmissionModule } from './admission';
export { audit, type AuditEntry } from './audit';
export { Clock } from './clock';
export { MoneyColumn, PriceColumn, QuantityColumn, RatioColumn } from './columns';
export { Config } from './config';
export { DatabaseModule, databaseOptions } from './database';
export { FileStore } from './files';
export { fileUrl } from './file-url';
export { CurrentViewer, For, Needs, AudienceGuard, admit, requestOf } from './graphql/audience';
export { DONE, Done } from './graphql/done';
export { GraphqlEndpoint, LIMITS } from './graphql/endpoint';
export { KnownOperations, type OperationRequest } from './graphql/operations';
export { OperationsMiddleware } from './graphql/operations.middleware';
export { formatFailure } from './graphql/errors';
export { PageInput, limitOf } from './graphql/page';
export {
  Refused,
  RefusalInterceptor,
  RefusalParam,
  RefusalView,
  enumOf,
  orRefused,
  refusalView,
  resultOf,
} from './graphql/refused';
export {
  CivilDateScalar,
  MoneyScalar,
  MonthScalar,
  PriceScalar,
  QuantityScalar,
  RatioScalar,
} from './graphql/scalars';
export { Validation } from './graphql/validation';
export { HealthModule, WorkerHealth, WorkerHealthModule } from './health';
export { isId, requireIds } from './id';
export { LoggingModule, endWhereUncaught } from './logging';
export { perform } from './jobs';
export { Metrics, timeRequests } from './metrics';
export { OUTBOX_QUEUE, OnFact, Outbox, type Fact, type RecordedFact } from './outbox';
export { OutboxModule, OutboxWorker, PlatformModule, QueuesModule } from './platform.module';
export { RateLimits, type Limit } from './rate-limit';
export { RedisClient } from './redis';
export { Forbidden, NotFound, Refusal, Unauthenticated, type RefusalDetail } from './refusal';
export { RouteFailures } from './route-failures';
export { currentRequestId, withRequestId } from './request-id';
export { wasSent } from './sent-once';
export { afterCommit, inTransaction, row, rows, sqlState, violatedConstraint, type Tx } from './transaction';
export {
  KEY_SCOPES,
  PERMISSIONS,
  setViewer,
  viewerOf,
  type Audience,
  type KeyScope,
  type Machine,
  type Nobody,
  type Permission,
  type Resident,
  type Staff,
  type Viewer,
} from './viewer';
