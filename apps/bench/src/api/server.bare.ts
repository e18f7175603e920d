import type { Query } from './queries';
import type { Statement } from './wire';

/** What the yardstick's server is told: the statements that the product sent for one request, to send the same. */
export interface ServerPlan {
  query: Query;
  url: string;
  statements: readonly Statement[];
  /** Whom and which account they were for. */
  userId: string;
  accountId: string;
}

export interface Asked {
  userId: string;
  variables: { accountId: string; input: { accountId: string; readings: readonly SentReading[] } };
}
export interface SentReading {
  registerId: string;
  value: string;
  clientKey: string;
}
/** Answers the JSON that PostgreSQL made, or something made of it. */
export type Bare = (asked: Asked) => Promise<string>;
