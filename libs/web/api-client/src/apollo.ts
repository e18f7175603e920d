import { createEnvironmentInjector, type EnvironmentInjector } from '@angular/core';
import type { ApolloClient } from '@apollo/client';
import { Apollo, provideApollo } from 'apollo-angular';
import type { Place } from './early/place';
import { persistedLink } from './link';
import { NoCache } from './no-cache';

/**
 * Apollo over our link, or the one that whoever composes the app has brought. In a file of its own: what the first page shows
 * was asked early, and Apollo comes after it.
 */
export function apolloOf(place: Place, within: EnvironmentInjector): ApolloClient {
  const brought = within.get(Apollo, null, { optional: true });
  if (brought) return brought.client;
  const apollo = provideApollo(() => ({ link: persistedLink({ place }), cache: new NoCache() }));
  return createEnvironmentInjector([apollo], within).get(Apollo).client;
}
