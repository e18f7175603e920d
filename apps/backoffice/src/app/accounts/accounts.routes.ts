import type { Routes } from '@angular/router';

export const accountRoutes: Routes = [
  {
    path: '',
    title: 'title.accounts',
    loadComponent: () => import('./account-list').then(({ AccountList }) => AccountList),
  },
  {
    path: ':id',
    title: 'title.account',
    loadComponent: () => import('./account-card').then(({ AccountCard }) => AccountCard),
  },
];
