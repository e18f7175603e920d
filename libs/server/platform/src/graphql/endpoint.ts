import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { GraphQLModule } from '@nestjs/graphql';
import { ApolloArmor } from '@escape.tech/graphql-armor';
import type { Request, Response } from 'express';
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

/** The product's one GraphQL endpoint: batches off, documents limited, errors masked. */
export const GraphqlEndpoint = GraphQLModule.forRoot<ApolloDriverConfig>({
  driver: ApolloDriver,
  path: '/graphql',
  autoSchemaFile: true,
  sortSchema: true,
  playground: false,
  graphiql: false,
  introspection: process.env['NODE_ENV'] !== 'production',
  allowBatchedHttpRequests: false,
  includeStacktraceInErrorResponses: false,
  csrfPrevention: true,
  formatError: formatFailure,
  context: ({ req, res }: { req: Request; res: Response }) => ({ req, res }),
  plugins,
  validationRules,
});
