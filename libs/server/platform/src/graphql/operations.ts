import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { type ExecutionResult, GraphQLError, parse } from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { Config } from '../config';
import { formatFailure } from './errors';

/** What a client sends of an operation: our own apps send its hash, a key may send its text. */
export interface OperationRequest {
  query?: string;
  operationName?: string | null;
  variables?: Record<string, unknown> | null;
  extensions?: { persistedQuery?: { sha256Hash?: string } };
}

/**
 * The operations of our own apps, known by hash. They were checked when the apps were built, so each is compiled once and
 * then run without parsing, validation or limits: Apollo's own cost is most of a hot request.
 */
@Injectable()
export class KnownOperations {
  private readonly documents = new Map<string, string>();
  private readonly compiled = new Map<string, CompiledQuery>();

  constructor(
    @Inject(Config) config: Config,
    @Inject(GraphQLSchemaHost) private readonly host: GraphQLSchemaHost,
  ) {
    if (!existsSync(config.operationsDir)) return;
    for (const file of readdirSync(config.operationsDir).filter((name) => name.endsWith('.json'))) {
      const known: Record<string, string> = JSON.parse(
        readFileSync(join(config.operationsDir, file), 'utf8'),
      );
      for (const [hash, document] of Object.entries(known)) this.documents.set(hash, document);
    }
  }

  /** The answer to a known operation, or undefined where the hash is not one of ours. */
  async run(request: OperationRequest, context: object): Promise<ExecutionResult | undefined> {
    const hash = request.extensions?.persistedQuery?.sha256Hash;
    const query = hash === undefined ? undefined : this.query(hash);
    if (!query) return undefined;
    const result = await query.query(undefined, context, request.variables ?? {});
    if (!result.errors) return result;
    const errors = result.errors.map((error) => formatFailure(error.toJSON(), error));
    return { data: result.data, errors: errors.map((error) => new GraphQLError(error.message, error)) };
  }

  private query(hash: string): CompiledQuery | undefined {
    const ready = this.compiled.get(hash);
    if (ready) return ready;
    const document = this.documents.get(hash);
    if (document === undefined) return undefined;
    const query = compileQuery(this.host.schema, parse(document));
    if (!isCompiledQuery(query))
      throw new Error(`The operation ${hash} does not compile: ${JSON.stringify(query.errors)}`);
    this.compiled.set(hash, query);
    return query;
  }
}
