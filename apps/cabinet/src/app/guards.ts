import { inject } from '@angular/core';
import { type CanActivateFn, Router } from '@angular/router';
import { Session } from '@kvartal/api-client';

/** Pages of a person: without one, to the sign-in page, and back here afterwards. */
export const signedIn: CanActivateFn = (_route, state) => {
  if (inject(Session).signedIn()) return true;
  const queryParams = state.url === '/' || state.url === '/home' ? {} : { to: state.url };
  return inject(Router).createUrlTree(['/login'], { queryParams });
};

/** The way in: who is in already, goes on. */
export const signedOut: CanActivateFn = () =>
  inject(Session).signedIn() ? inject(Router).createUrlTree(['/home']) : true;
