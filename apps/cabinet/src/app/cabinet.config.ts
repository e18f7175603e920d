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
import { placeOf, provideApi } from '@kvartal/api-client';
import { provideTexts } from '@kvartal/ui';
import { routes } from './cabinet.routes';
import { reopen } from './missing-chunk';
import { PageTitle } from './page-title';
import { Start } from './start';
import { View } from './view';

const place = placeOf('cabinet', location.pathname);

export const config: ApplicationConfig = {
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
    provideApi(place),
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
};
