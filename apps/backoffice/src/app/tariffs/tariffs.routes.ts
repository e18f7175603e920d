import type { Routes } from '@angular/router';

/** Under /s/tariffs. */
export const tariffRoutes: Routes = [
  {
    path: '',
    title: 'title.tariffs',
    loadComponent: () => import('./tariff-list').then(({ TariffList }) => TariffList),
  },
  {
    path: 'penalties',
    title: 'title.penalties',
    loadComponent: () => import('../penalties/penalty-page').then(({ PenaltyPage }) => PenaltyPage),
  },
  {
    path: 'law',
    title: 'title.law',
    loadComponent: () => import('./law-list').then(({ LawList }) => LawList),
  },
];
