import { Early, placeOf } from '@kvartal/api-client/early';
import { askEarly, fetchPage } from './app/early';

// who works here, and the code of the page that was opened, are asked for before Angular has arrived
const place = placeOf('backoffice', location.pathname, '/s/');
const early = new Early(place);
void askEarly(early);
import('./app/bootstrap')
  .then(({ bootstrap }) => bootstrap(place, early))
  .catch((failure: unknown) => reportError(failure));
fetchPage(location.pathname.slice(place.base.length));
