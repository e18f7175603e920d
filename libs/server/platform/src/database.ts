import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DataSourceOptions } from 'typeorm';
import { Config } from './config';
import { PlatformModule } from './platform.module';

/** How every process reaches PostgreSQL: as the runtime role, which may not change the ledger. */
export function databaseOptions(config: Config): DataSourceOptions {
  return {
    type: 'postgres',
    url: config.databaseUrl,
    synchronize: false,
    migrationsRun: false,
    logging: false,
    poolSize: config.databasePool,
    // Statements come unnamed, so each is planned for its own values and opens only the partitions of the closings that it
    // names. Plans of triggers are kept: with plan_cache_mode=force_custom_plan every foreign key would plan anew a row.
    extra: {
      ...(config.databaseIsOwner ? { options: '-c role=kvartal_runtime' } : {}),
      application_name: process.env['APP_NAME'] ?? 'kvartal',
    },
  };
}

@Module({})
export class DatabaseModule {
  static forRoot(): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          imports: [PlatformModule],
          inject: [Config],
          useFactory: (config: Config) => ({
            ...databaseOptions(config),
            autoLoadEntities: true,
            retryAttempts: 5,
          }),
        }),
      ],
    };
  }
}
