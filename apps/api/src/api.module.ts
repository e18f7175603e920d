import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { AccountsApi } from '@kvartal/accounts';
import { AuthApi, Identify } from '@kvartal/auth';
import { BillingApi } from '@kvartal/billing';
import { MetersApi } from '@kvartal/meters';
import { PaymentsApi } from '@kvartal/payments';
import {
  AdmissionModule,
  AudienceGuard,
  DatabaseModule,
  GraphqlEndpoint,
  HealthModule,
  KnownOperations,
  LoggingModule,
  OperationsMiddleware,
  OutboxModule,
  PlatformModule,
  QueuesModule,
  RefusalInterceptor,
  RouteFailures,
  Validation,
} from '@kvartal/platform';
import { RequestsApi } from '@kvartal/requests';
import { DevModule } from './dev.module';

/** The GraphQL endpoint, webhooks and files: a list of modules, and what stands before all of them. */
@Module({
  imports: [
    LoggingModule,
    PlatformModule,
    DatabaseModule.forRoot(),
    QueuesModule,
    OutboxModule,
    HealthModule,
    AdmissionModule,
    GraphqlEndpoint,
    AuthApi,
    AccountsApi,
    MetersApi,
    BillingApi,
    PaymentsApi,
    RequestsApi,
    DevModule.where(process.env['NODE_ENV'] !== 'production'),
  ],
  providers: [
    KnownOperations,
    { provide: APP_GUARD, useClass: AudienceGuard },
    { provide: APP_FILTER, useClass: RouteFailures },
    { provide: APP_INTERCEPTOR, useClass: RefusalInterceptor },
    { provide: APP_PIPE, useClass: Validation },
  ],
})
export class ApiModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    // a balancer and Prometheus ask also where PostgreSQL, which knows who asks, is away
    consumer.apply(Identify).exclude('health/{*path}', 'metrics').forRoutes('{*path}');
    consumer.apply(OperationsMiddleware).forRoutes('/graphql');
  }
}
