import { inject } from '@angular/core';
import type { NavigationError } from '@angular/router';
import { PLACE } from '@kvartal/api-client';
import { Toasts } from '@kvartal/ui';
import { Say } from './texts/say';

const TRIED = 'kvartal.reopened';

/**
 * The code of a page did not come: without a connection that is said; with one a newer cabinet was rolled out
 * meanwhile, and the page is opened afresh, once.
 */
export function reopen({ url }: NavigationError): void {
  if (!navigator.onLine) return inject(Toasts).show(inject(Say).text('failure.offline'));
  if (sessionStorage.getItem(TRIED) === url) return inject(Toasts).show(inject(Say).text('failure.internal'));
  sessionStorage.setItem(TRIED, url);
  location.assign(inject(PLACE).base + url.slice(1));
}
