import { APP_BASE_HREF } from '@angular/common';
import {
  type ApplicationConfig,
  inject,
  provideAppInitializer,
  provideBrowserGlobalErrorListeners,
} from '@angular/core';
import {
  provideRouter,
  TitleStrategy,
  withComponentInputBinding,
  withDisabledInitialNavigation,
  withInMemoryScrolling,
  withNavigationErrorHandler,
} from '@angular/router';
import { provideApi } from '@kvartal/api-client';
import type { Early, Place } from '@kvartal/api-client/early';
import { provideTexts } from '@kvartal/ui';
import { routes } from './cabinet.routes';
import { reopen } from './missing-chunk';
import { PageTitle } from './page-title';
import { Start } from './start';
import { View } from './view';

/** The cabinet at this place; `early` has asked what the first page asks. */
export const configOf = (place: Place, early: Early): ApplicationConfig => ({
  providers: [
    provideBrowserGlobalErrorListeners(),
    { provide: APP_BASE_HREF, useValue: place.base },
    provideRouter(
      routes,
      withComponentInputBinding(),
      withDisabledInitialNavigation(),
      withNavigationErrorHandler(reopen),
      withInMemoryScrolling({ scrollPositionRestoration: 'enabled', anchorScrolling: 'enabled' }),
    ),
    { provide: TitleStrategy, useExisting: PageTitle },
    provideApi(place, early),
    provideTexts({
      ru: () => import('./texts/ru').then(({ ru }) => ru),
      kk: () => import('./texts/kk').then(({ kk }) => kk),
      en: () => import('./texts/en').then(({ en }) => en),
    }),
    provideAppInitializer(() => {
      inject(View).apply();
      return inject(Start).load();
    }),
  ],
});
