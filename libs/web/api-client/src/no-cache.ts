import { ApolloCache } from '@apollo/client/cache';

/**
 * A cache that holds nothing. Every call of ours goes to the server (what is shown lives in the features' signals, and
 * money must not be remembered behind their back), so Apollo's own cache would be dead weight in the first load.
 */
export class NoCache extends ApolloCache {
  override read(): null {
    return null;
  }
  override write(): undefined {
    return undefined;
  }
  override diff(): { result: null; complete: false } {
    return { result: null, complete: false };
  }
  override watch(): () => void {
    return () => undefined;
  }
  override async reset(): Promise<void> {
    // There is nothing to forget.
  }
  override evict(): boolean {
    return false;
  }
  override restore(): this {
    return this;
  }
  override extract(): Record<string, never> {
    return {};
  }
  override removeOptimistic(): void {
    // Nothing is optimistic here.
  }
  override fragmentMatches(): boolean {
    return true;
  }
  override performTransaction(): void {
    // Nothing is written.
  }
}
