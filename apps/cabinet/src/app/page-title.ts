import { effect, inject, Service, signal } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { type RouterStateSnapshot, TitleStrategy } from '@angular/router';
import { Say, type TextKey } from './texts/say';

/** The name of the page in the browser: of its route, in the language, with «Ошибка:» before it while a form is wrong. */
@Service()
export class PageTitle extends TitleStrategy {
  private readonly browser = inject(Title);
  private readonly say = inject(Say);
  private readonly key = signal<TextKey | undefined>(undefined);
  private readonly wrong = signal(false);

  constructor() {
    super();
    effect(() => {
      const key = this.key();
      if (!key) return;
      const name = this.say.text('title.of', { page: this.say.text(key) });
      this.browser.setTitle(this.wrong() ? this.say.text('title.error', { page: name }) : name);
    });
  }

  override updateTitle(state: RouterStateSnapshot): void {
    const key: unknown = this.buildTitle(state);
    this.wrong.set(false);
    this.key.set(isKey(key) ? key : undefined);
  }

  /** Whether the form on the page has errors to correct. */
  mark(wrong: boolean): void {
    this.wrong.set(wrong);
  }
}

const isKey = (key: unknown): key is TextKey => typeof key === 'string' && key.startsWith('title.');
