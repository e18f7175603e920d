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
    // Ledger reads name their closings as a list of parameters: a generic plan would lock every partition.
    extra: {
      options: `-c plan_cache_mode=force_custom_plan${config.databaseIsOwner ? ' -c role=kvartal_runtime' : ''}`,
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
