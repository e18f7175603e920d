import type { Routes } from '@angular/router';
import { signedIn, signedOut } from './guards';
import type { TextKey } from './texts/say';

const title = (key: TextKey) => key;

/** `free`: the page needs no linked account. */
export const routes: Routes = [
  { path: '', pathMatch: 'full', redirectTo: 'home' },
  {
    path: '',
    loadComponent: () => import('./entry/entry-frame').then((m) => m.EntryFrame),
    children: [
      {
        path: 'login',
        title: title('title.login'),
        canActivate: [signedOut],
        loadComponent: () => import('./entry/login').then((m) => m.Login),
      },
      {
        path: 'register',
        title: title('title.register'),
        canActivate: [signedOut],
        loadComponent: () => import('./entry/register').then((m) => m.Register),
      },
      {
        path: 'register/sent',
        title: title('title.sent'),
        loadComponent: () => import('./entry/letter-sent').then((m) => m.LetterSent),
      },
      {
        path: 'confirm/:token',
        title: title('title.confirm'),
        loadComponent: () => import('./entry/confirm').then((m) => m.Confirm),
      },
      {
        path: 'restore',
        title: title('title.restore'),
        loadComponent: () => import('./entry/restore').then((m) => m.Restore),
      },
      {
        path: 'reset/:token',
        title: title('title.reset'),
        loadComponent: () => import('./entry/reset').then((m) => m.Reset),
      },
    ],
  },
  {
    path: '',
    canActivate: [signedIn],
    loadComponent: () => import('./shell/shell').then((m) => m.Shell),
    children: [
      {
        path: 'home',
        title: title('title.home'),
        loadComponent: () => import('./home/home-page').then((m) => m.HomePage),
      },
      {
        path: 'link',
        title: title('title.link'),
        data: { free: true },
        loadComponent: () => import('./accounts/link-page').then((m) => m.LinkPage),
      },
      {
        path: 'readings',
        title: title('title.readings'),
        loadComponent: () => import('./readings/readings-page').then((m) => m.ReadingsPage),
      },
      {
        path: 'readings/history',
        title: title('title.history'),
        loadComponent: () => import('./readings/history-page').then((m) => m.HistoryPage),
      },
      {
        path: 'charges',
        title: title('title.charges'),
        loadComponent: () => import('./charges/charges-page').then((m) => m.ChargesPage),
      },
      {
        path: 'breakdown',
        title: title('title.breakdown'),
        loadComponent: () => import('./settlements/breakdown-page').then((m) => m.BreakdownPage),
      },
      {
        path: 'reconciliation',
        title: title('title.reconciliation'),
        loadComponent: () => import('./settlements/reconciliation-page').then((m) => m.ReconciliationPage),
      },
      {
        path: 'charges/preliminary',
        title: title('title.preliminary'),
        loadComponent: () => import('./charges/preliminary-page').then((m) => m.PreliminaryPage),
      },
      {
        path: 'charges/difference',
        title: title('title.difference'),
        loadComponent: () => import('./charges/difference-page').then((m) => m.DifferencePage),
      },
      {
        path: 'what-if',
        title: title('title.whatIf'),
        loadComponent: () => import('./what-if/what-if-page').then((m) => m.WhatIfPage),
      },
      {
        path: 'pay',
        title: title('title.pay'),
        loadComponent: () => import('./payments/pay-page').then((m) => m.PayPage),
      },
      {
        path: 'pay/:orderNumber',
        title: title('title.payment'),
        data: { free: true },
        loadComponent: () => import('./payments/payment-page').then((m) => m.PaymentPage),
      },
      {
        path: 'payments',
        title: title('title.payments'),
        loadComponent: () => import('./payments/payments-page').then((m) => m.PaymentsPage),
      },
      {
        path: 'requests',
        title: title('title.requests'),
        loadComponent: () => import('./requests/requests-page').then((m) => m.RequestsPage),
      },
      {
        path: 'requests/new',
        title: title('title.newRequest'),
        loadComponent: () => import('./requests/new-request-page').then((m) => m.NewRequestPage),
      },
      {
        path: 'requests/:id',
        title: title('title.request'),
        loadComponent: () => import('./requests/request-page').then((m) => m.RequestPage),
      },
      {
        path: 'profile',
        title: title('title.profile'),
        data: { free: true },
        loadComponent: () => import('./profile/profile-page').then((m) => m.ProfilePage),
      },
      {
        path: 'more',
        title: title('title.more'),
        data: { free: true },
        loadComponent: () => import('./shell/more-page').then((m) => m.MorePage),
      },
    ],
  },
  {
    path: '**',
    title: title('title.missing'),
    loadComponent: () => import('./shell/missing-page').then((m) => m.MissingPage),
  },
];
