import type { Routes } from '@angular/router';
import { signedIn, signedOut } from './shell/guards';

/** Addresses under /s/. The titles are names of texts (PageTitle). */
export const routes: Routes = [
  {
    path: 'sign-in',
    title: 'title.signIn',
    canActivate: [signedOut],
    loadComponent: () => import('./entry/sign-in').then(({ SignIn }) => SignIn),
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
        loadChildren: () => import('./accounts/accounts.routes').then(({ accountRoutes }) => accountRoutes),
      },
      {
        path: 'houses',
        title: 'title.houses',
        loadComponent: () => import('./houses/house-list').then(({ HouseList }) => HouseList),
      },
      {
        path: 'periods',
        loadChildren: () => import('./closing/closing.routes').then(({ closingRoutes }) => closingRoutes),
      },
      {
        path: 'requests',
        loadChildren: () => import('./requests/requests.routes').then(({ requestRoutes }) => requestRoutes),
      },
      {
        path: 'payments',
        title: 'title.payments',
        loadComponent: () => import('./payments/payment-list').then(({ PaymentList }) => PaymentList),
      },
      {
        path: 'api',
        title: 'title.keys',
        loadComponent: () => import('./keys/key-list').then(({ KeyList }) => KeyList),
      },
      {
        path: '**',
        title: 'title.missing',
        loadComponent: () => import('./shell/missing').then(({ Missing }) => Missing),
      },
    ],
  },
];
