import { inject } from '@angular/core';
import { type CanActivateFn, Router } from '@angular/router';
import { Session } from '@kvartal/api-client';

/** Pages of the staff: without a session to the sign-in page, and back here afterwards. */
export const signedIn: CanActivateFn = (_route, state) => {
  if (inject(Session).signedIn()) return true;
  const queryParams = state.url === '/' ? {} : { to: state.url };
  return inject(Router).createUrlTree(['/sign-in'], { queryParams });
};

/** The way in: who is in already, goes on. */
export const signedOut: CanActivateFn = () =>
  inject(Session).signedIn() ? inject(Router).createUrlTree(['/']) : true;
