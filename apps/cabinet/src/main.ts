import { apolloFile, Early, placeOf } from '@kvartal/api-client/early';
import { asksAllOf, askEarly } from './app/early';

// the questions of the first page leave before Angular has arrived
const place = placeOf('cabinet', location.pathname);
const early = new Early(place);
void askEarly(early, place);
if (!asksAllOf(location.pathname, place)) void apolloFile().catch(() => undefined); // whoever asks will say why not
import('./app/bootstrap')
  .then(({ bootstrap }) => bootstrap(place, early))
  .catch((failure: unknown) => reportError(failure));
