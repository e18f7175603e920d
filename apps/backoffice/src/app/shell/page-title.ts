import { effect, inject, Service, signal } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { type RouterStateSnapshot, TitleStrategy } from '@angular/router';
import { Say, type TextKey } from '../texts/say';
import { Staff } from './staff';

const isKey = (key: unknown): key is TextKey => typeof key === 'string' && key.startsWith('title.');

/** The name of the page in the browser: what it shows, whose organisation, «Ошибка:» before it while a form is wrong. */
@Service()
export class PageTitle extends TitleStrategy {
  private readonly browser = inject(Title);
  private readonly say = inject(Say);
  private readonly staff = inject(Staff);
  private readonly key = signal<TextKey>('title.start');
  private readonly subject = signal('');
  private readonly wrong = signal(false);

  constructor() {
    super();
    effect(() => {
      const page = [this.subject(), this.say.text(this.key())].filter(Boolean).join(' · ');
      const place = this.staff.organization()?.shortName ?? this.say.text('app.name');
      const name = `${page} — ${place}`;
      this.browser.setTitle(this.wrong() ? this.say.text('app.wrong', { page: name }) : name);
    });
  }

  override updateTitle(state: RouterStateSnapshot): void {
    const key: unknown = this.buildTitle(state);
    this.wrong.set(false);
    this.subject.set('');
    if (isKey(key)) this.key.set(key);
  }

  /** What the page is about, before its kind: the account's number, the month. */
  about(subject: string): void {
    this.subject.set(subject);
  }

  /** Whether the form on the page has errors to correct. */
  mark(wrong: boolean): void {
    this.wrong.set(wrong);
  }
}
