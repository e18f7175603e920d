import type { Routes } from '@angular/router';

/** Months and their closing: the state of a month decides what its page shows. */
export const closingRoutes: Routes = [
  {
    path: '',
    title: 'title.periods',
    loadComponent: () => import('./period-list').then(({ PeriodList }) => PeriodList),
  },
  {
    path: ':month',
    title: 'title.closing',
    loadComponent: () => import('./closing-page').then(({ ClosingPage }) => ClosingPage),
  },
  {
    path: ':month/:closingId/anomalies/:kind',
    title: 'title.anomalies',
    loadComponent: () => import('./anomaly-list').then(({ AnomalyList }) => AnomalyList),
  },
  {
    path: ':month/:closingId/accounts/:accountId',
    title: 'title.preview',
    loadComponent: () => import('./preview-statement').then(({ PreviewStatement }) => PreviewStatement),
  },
];
