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
import { placeOf, provideApi } from '@kvartal/api-client';
import { provideTexts } from '@kvartal/ui';
import { routes } from './backoffice.routes';
import { PageTitle } from './shell/page-title';
import { Staff } from './shell/staff';
import { View } from './shell/view';

const place = placeOf('backoffice', location.pathname, '/s/');

export const config: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    { provide: APP_BASE_HREF, useValue: place.base },
    provideRouter(
      routes,
      withComponentInputBinding(),
      withInMemoryScrolling({ scrollPositionRestoration: 'enabled' }),
    ),
    { provide: TitleStrategy, useExisting: PageTitle },
    provideApi(place),
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
};
