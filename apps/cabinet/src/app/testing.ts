import type { EnvironmentProviders, Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { Api, placeOf, PLACE, Session } from '@kvartal/api-client';
import { Languages, provideTexts } from '@kvartal/ui';
import type { DocumentNode } from 'graphql';
import { ru } from './texts/ru';

type Answers = Record<string, (variables: never) => unknown>;

const nameOf = ({ definitions: [first] }: DocumentNode): string =>
  first && 'name' in first && first.name ? first.name.value : '';

/** Stands in for the server: answers each operation by its name, and remembers what it was asked. */
export class FakeApi {
  readonly asked: { name: string; variables: unknown }[] = [];

  constructor(private readonly answers: Answers) {}

  async query(document: DocumentNode, variables: never): Promise<unknown> {
    const name = nameOf(document);
    this.asked.push({ name, variables });
    const answer = this.answers[name];
    if (!answer) throw new Error(`The spec has no answer to ${name}`);
    return answer(variables);
  }

  mutate(document: DocumentNode, variables: never): Promise<unknown> {
    return this.query(document, variables);
  }

  /** What the last operation of this name was asked with. */
  last(name: string): unknown {
    return this.asked.filter((one) => one.name === name).at(-1)?.variables;
  }
}

/** A signed-in resident in a Russian cabinet, before the given server. The portal's today is 20 November 2026. */
export async function cabinet(
  api: FakeApi,
  providers: (Provider | EnvironmentProviders)[] = [],
): Promise<void> {
  const texts = async () => ru;
  TestBed.configureTestingModule({
    providers: [
      provideRouter([]),
      provideTexts({ ru: texts, kk: texts, en: texts }),
      { provide: PLACE, useValue: placeOf('cabinet', '/') },
      { provide: Api, useValue: api },
      ...providers,
    ],
  });
  await TestBed.inject(Languages).use('ru');
  TestBed.inject(Session).begin({
    signedIn: true,
    login: 'maria',
    name: 'Иванова Мария',
    today: '2026-11-20',
  });
}
