import type { Routes } from '@angular/router';

export const requestRoutes: Routes = [
  {
    path: '',
    title: 'title.requests',
    loadComponent: () => import('./request-list').then(({ RequestList }) => RequestList),
  },
  {
    path: ':id',
    title: 'title.request',
    loadComponent: () => import('./request-card').then(({ RequestCard }) => RequestCard),
  },
];
