import type { Routes } from '@angular/router';
import { may, signedIn, signedOut } from './shell/guards';
import { PLACES } from './shell/places';

/** The same addresses for those who may not work there: a page that says so. */
const notTheirs: Routes = PLACES.filter(({ needs }) => needs).map(({ link, name }) => ({
  path: link.slice(1),
  title: name,
  data: { name },
  children: [
    { path: '**', loadComponent: () => import('./shell/not-theirs').then(({ NotTheirs }) => NotTheirs) },
  ],
}));

/** Addresses under /s/. The titles are names of texts (PageTitle). */
export const routes: Routes = [
  {
    path: 'sign-in',
    title: 'title.signIn',
    canActivate: [signedOut],
    loadComponent: () => import('./entry/sign-in').then(({ SignIn }) => SignIn),
  },
  {
    path: 'restore',
    title: 'title.restore',
    canActivate: [signedOut],
    loadComponent: () => import('./entry/restore').then(({ Restore }) => Restore),
  },
  {
    path: 'reset/:token',
    title: 'title.reset',
    loadComponent: () => import('./entry/reset').then(({ Reset }) => Reset),
  },
  {
    path: '',
    canActivate: [signedIn],
    loadComponent: () => import('./shell/shell').then(({ Shell }) => Shell),
    children: [
      {
        path: '',
        title: 'title.desk',
        loadComponent: () => import('./desk/desk-page').then(({ DeskPage }) => DeskPage),
      },
      {
        path: 'accounts',
        canMatch: [may('ACCOUNT_READ')],
        loadChildren: () => import('./accounts/accounts.routes').then(({ accountRoutes }) => accountRoutes),
      },
      {
        path: 'houses',
        canMatch: [may('ACCOUNT_READ')],
        title: 'title.houses',
        loadComponent: () => import('./houses/house-list').then(({ HouseList }) => HouseList),
      },
      {
        path: 'periods',
        canMatch: [may('PERIOD_CLOSE')],
        loadChildren: () => import('./closing/closing.routes').then(({ closingRoutes }) => closingRoutes),
      },
      {
        path: 'requests',
        canMatch: [may('REQUEST_WORK')],
        loadChildren: () => import('./requests/requests.routes').then(({ requestRoutes }) => requestRoutes),
      },
      {
        path: 'tariffs',
        canMatch: [may('ACCOUNT_READ')],
        loadChildren: () => import('./tariffs/tariffs.routes').then(({ tariffRoutes }) => tariffRoutes),
      },
      {
        path: 'payments',
        canMatch: [may('PAYMENT_READ')],
        title: 'title.payments',
        loadComponent: () => import('./payments/payment-list').then(({ PaymentList }) => PaymentList),
      },
      {
        path: 'api',
        canMatch: [may('KEY_MANAGE')],
        title: 'title.keys',
        loadComponent: () => import('./keys/key-list').then(({ KeyList }) => KeyList),
      },
      ...notTheirs,
      {
        path: '**',
        title: 'title.missing',
        loadComponent: () => import('./shell/missing').then(({ Missing }) => Missing),
      },
    ],
  },
];
