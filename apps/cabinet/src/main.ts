import { Early, placeOf } from '@kvartal/api-client/early';
import { askEarly } from './app/early';

// the questions of the first page leave before Angular has arrived
const place = placeOf('cabinet', location.pathname);
const early = new Early(place);
void askEarly(early, place);
import('./app/bootstrap')
  .then(({ bootstrap }) => bootstrap(place, early))
  .catch((failure: unknown) => reportError(failure));
