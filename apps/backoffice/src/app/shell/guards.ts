import { inject } from '@angular/core';
import { type CanActivateFn, type CanMatchFn, Router } from '@angular/router';
import { Session } from '@kvartal/api-client';
import type { Permission } from '../../generated/graphql';
import { Staff } from './staff';

/** Pages of the staff: without a session to the sign-in page, and back here afterwards. */
export const signedIn: CanActivateFn = (_route, state) => {
  if (inject(Session).signedIn()) return true;
  const queryParams = state.url === '/' ? {} : { to: state.url };
  return inject(Router).createUrlTree(['/sign-in'], { queryParams });
};

/** The way in: who is in already, goes on. */
export const signedOut: CanActivateFn = () =>
  inject(Session).signedIn() ? inject(Router).createUrlTree(['/']) : true;

/** Pages for those who may do this in the organisation they work for just now. */
export const may =
  (permission: Permission): CanMatchFn =>
  () =>
    inject(Staff).may(permission);
