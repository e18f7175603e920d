import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { GraphQLModule } from '@nestjs/graphql';
import { ApolloArmor } from '@escape.tech/graphql-armor';
import type { Request, Response } from 'express';
import { GraphQLError } from 'graphql';
import { Config } from '../config';
import { PlatformModule } from '../platform.module';
import { viewerOf } from '../viewer';
import { formatFailure } from './errors';

/** Beyond any of these a document is refused before it runs. The tests try each at n and at n + 1. */
export const LIMITS = { depth: 9, cost: 5000, aliases: 15, directives: 20, tokens: 1500 };

const armor = new ApolloArmor({
  maxDepth: { n: LIMITS.depth },
  costLimit: { maxCost: LIMITS.cost, objectCost: 2, scalarCost: 1, depthCostFactor: 1.3 },
  maxAliases: { n: LIMITS.aliases },
  maxDirectives: { n: LIMITS.directives },
  maxTokens: { n: LIMITS.tokens },
  blockFieldSuggestion: { enabled: true },
});
const { plugins, validationRules } = armor.protect();

/**
 * Whatever comes to Apollo passes here, by whichever method and spelling of the path. Where only the operations of our own
 * apps are allowed (in production), those were answered before, and whoever comes without an API key may send nothing else.
 */
function refuseUnknown(request: Request, { knownOperationsOnly }: Config): void {
  if (!knownOperationsOnly || viewerOf(request).kind === 'key') return;
  throw new GraphQLError('OPERATION_NOT_KNOWN', {
    extensions: { code: 'OPERATION_NOT_KNOWN', http: { status: 400 } },
  });
}

/** The product's one GraphQL endpoint: batches off, documents limited, errors masked. */
export const GraphqlEndpoint = GraphQLModule.forRootAsync<ApolloDriverConfig>({
  driver: ApolloDriver,
  imports: [PlatformModule],
  inject: [Config],
  useFactory: (config: Config) => ({
    path: '/graphql',
    autoSchemaFile: true,
    sortSchema: true,
    playground: false,
    graphiql: false,
    introspection: !config.production,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    formatError: formatFailure,
    context: ({ req, res }: { req: Request; res: Response }) => {
      refuseUnknown(req, config);
      return { req, res };
    },
    plugins,
    validationRules,
  }),
});
