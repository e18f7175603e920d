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
  withInMemoryScrolling,
} from '@angular/router';
import { provideApi } from '@kvartal/api-client';
import type { Early, Place } from '@kvartal/api-client/early';
import { provideTexts } from '@kvartal/ui';
import { routes } from './backoffice.routes';
import { PageTitle } from './shell/page-title';
import { Staff } from './shell/staff';
import { View } from './shell/view';

/** The back-office at this place; `early` has asked who works here. */
export const configOf = (place: Place, early: Early): ApplicationConfig => ({
  providers: [
    provideBrowserGlobalErrorListeners(),
    { provide: APP_BASE_HREF, useValue: place.base },
    provideRouter(
      routes,
      withComponentInputBinding(),
      withInMemoryScrolling({ scrollPositionRestoration: 'enabled' }),
    ),
    { provide: TitleStrategy, useExisting: PageTitle },
    provideApi(place, early),
    provideTexts({
      ru: () => import('./texts/ru').then(({ ru }) => ru),
      kk: () => import('./texts/kk').then(({ kk }) => kk),
      en: () => import('./texts/en').then(({ en }) => en),
    }),
    provideAppInitializer(() => {
      inject(View);
      return inject(Staff).load();
    }),
  ],
});
