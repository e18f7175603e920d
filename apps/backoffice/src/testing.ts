import { type EnvironmentProviders, importProvidersFrom, type Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, withComponentInputBinding } from '@angular/router';
import { PLACE } from '@kvartal/api-client';
import { apolloFile } from '@kvartal/api-client/early';
import { Languages, provideTexts } from '@kvartal/ui';
import { ApolloTestingController, ApolloTestingModule } from 'apollo-angular/testing';
import { Staff } from './app/shell/staff';
import { ru } from './app/texts/ru';
import type { WholeClosingFragment, WhoFragment } from './generated/graphql';

/** An accountant of one organisation, at noon of 20 November 2026. */
export function aViewer(): WhoFragment {
  return {
    __typename: 'Viewer',
    signedIn: true,
    kind: 'STAFF',
    login: 'kuznetsova',
    name: 'Кузнецова Елена',
    email: null,
    today: '2026-11-20',
    now: '2026-11-20T09:00:00Z',
    memberships: [
      {
        __typename: 'Membership',
        role: 'ACCOUNTANT',
        post: 'Главный бухгалтер',
        permissions: ['ACCOUNT_READ', 'PERIOD_CLOSE', 'REQUEST_WORK', 'KEY_MANAGE', 'PAYMENT_READ'],
        organization: {
          __typename: 'Organization',
          id: '1',
          name: 'ООО «Заречный квартал»',
          shortName: 'Заречный квартал',
          country: 'RU',
          currency: 'RUB',
          today: '2026-11-20',
        },
      },
    ],
  };
}

/** A computed closing of October, ready for review: two houses, two services, one kind of anomaly. */
export function aClosing(over: Partial<WholeClosingFragment> = {}): WholeClosingFragment {
  return {
    __typename: 'Closing',
    id: '55',
    month: '2026-10',
    revision: 1,
    state: 'READY',
    startedAt: '2026-11-20T08:47:00Z',
    houses: 2,
    done: 2,
    failed: 0,
    accounts: 180,
    lines: 2160,
    opening: '1000.00',
    charged: '97446.17',
    paid: '900.00',
    closing: '97546.17',
    digest: '7c1f00112233445566778899aabb9ae2',
    failure: null,
    secondOpinion: null,
    dirtyHouses: 0,
    changedHouses: [],
    held: { __typename: 'HeldPage', total: 0, items: [] },
    facade: [
      {
        __typename: 'HouseCell',
        houseId: '1',
        address: 'Садовая, 12/1',
        state: 'DONE',
        failure: null,
        isLeftOut: false,
      },
      {
        __typename: 'HouseCell',
        houseId: '2',
        address: 'Ткацкая, 4',
        state: 'DONE',
        failure: null,
        isLeftOut: false,
      },
    ],
    totals: [
      {
        __typename: 'ServiceTotal',
        serviceId: '1',
        service: 'Холодная вода',
        previous: '100.00',
        current: '130.00',
        difference: '30.00',
      },
      {
        __typename: 'ServiceTotal',
        serviceId: '2',
        service: 'Отопление',
        previous: '200.00',
        current: '196.00',
        difference: '-4.00',
      },
    ],
    anomalyCounts: [
      { __typename: 'AnomalyCount', kind: 'TRIPLED_CHARGE', count: 47, undecided: 0 },
      { __typename: 'AnomalyCount', kind: 'NEGATIVE_LINE', count: 0, undecided: 0 },
    ],
    ...over,
  };
}

/** The back-office around a component: real texts and services, the API answered by the spec. */
export function backofficeProviders(): (Provider | EnvironmentProviders)[] {
  return [
    importProvidersFrom(ApolloTestingModule),
    provideRouter([], withComponentInputBinding()),
    { provide: PLACE, useValue: { app: 'backoffice', base: '/s/', slug: undefined } },
    provideTexts({
      ru: () => Promise.resolve(ru),
      kk: () => Promise.resolve(ru),
      en: () => Promise.resolve(ru),
    }),
  ];
}

/** Signs the accountant in and hands out what answers for the API. */
export async function signedIn(): Promise<ApolloTestingController> {
  await TestBed.inject(Languages).use('ru');
  TestBed.inject(Staff).begin(aViewer());
  return TestBed.inject(ApolloTestingController);
}

/** Lets promises and effects that are due run; Apollo, which is a file of its own, comes first. */
export async function settled(): Promise<void> {
  await apolloFile();
  for (let round = 0; round < 3; round++) {
    await new Promise((resolve) => setTimeout(resolve));
    TestBed.tick();
  }
}

/** What a person reads: no-break spaces are spaces, soft hyphens nothing. */
export function textOf(element: HTMLElement): string {
  return (element.textContent ?? '')
    .replace(/\u00ad/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The first element, or the spec fails. */
export function find<E extends Element>(element: HTMLElement, selector: string): E {
  const found = element.querySelector<E>(selector);
  if (!found) throw new Error(`Nothing is ${selector}`);
  return found;
}

/** The button with this text. */
export function button(element: HTMLElement, text: string): HTMLButtonElement {
  const found = [...element.querySelectorAll('button')].find((one) => textOf(one).includes(text));
  if (!found) throw new Error(`There is no button «${text}»`);
  return found;
}
