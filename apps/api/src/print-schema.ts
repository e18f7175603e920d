import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { MODULE_METADATA } from '@nestjs/common/constants.js';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { ApiModule } from './api.module';

const RESOLVER_TYPE = 'graphql:resolver_type';

/** Every resolver class that the api is composed of: no database is needed to print the contract. */
function resolversOf(module: unknown, seen = new Set<unknown>()): Type[] {
  if (typeof module !== 'function' || seen.has(module)) return [];
  seen.add(module);
  const listed = (key: string): unknown[] => Reflect.getMetadata(key, module) ?? [];
  const own = listed(MODULE_METADATA.PROVIDERS).filter(
    (provider): provider is Type =>
      typeof provider === 'function' && Reflect.hasMetadata(RESOLVER_TYPE, provider),
  );
  return [...own, ...listed(MODULE_METADATA.IMPORTS).flatMap((imported) => resolversOf(imported, seen))];
}

const builder = await NestFactory.create(GraphQLSchemaBuilderModule, { logger: false });
await builder.init();
const schema = await builder.get(GraphQLSchemaFactory).create(resolversOf(ApiModule));
writeFileSync(process.argv[2] ?? 'schema.graphql', `${printSchema(lexicographicSortSchema(schema))}\n`);
await builder.close();
process.exit(0);
