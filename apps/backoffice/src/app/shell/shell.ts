import { NgTemplateOutlet } from '@angular/common';
import {
  ChangeDetectionStrategy,
  ChangeDetectorRef,
  Component,
  computed,
  DOCUMENT,
  effect,
  type ElementRef,
  inject,
  signal,
  viewChild,
} from '@angular/core';
import {
  type IsActiveMatchOptions,
  Router,
  RouterLink,
  RouterLinkActive,
  RouterOutlet,
} from '@angular/router';
import { Session } from '@kvartal/api-client';
import { Empty, Icon, Languages, Mark, ToastPlace, Toasts } from '@kvartal/ui';
import type { Locale } from '@kvartal/words';
import { Say, type TextKey } from '../texts/say';
import { MenuButton } from './menu-button';
import { PLACES } from './places';
import { Staff } from './staff';
import { type Theme, View } from './view';

const THEME_NAMES: Readonly<Record<Theme, TextKey>> = {
  auto: 'shell.themeAuto',
  light: 'shell.themeLight',
  dark: 'shell.themeDark',
};
const LOCALE_NAMES: readonly { locale: Locale; name: string }[] = [
  { locale: 'ru', name: 'Русский' },
  { locale: 'kk', name: 'Қазақша' },
  { locale: 'en', name: 'English' },
];

// `org` and the filters of a list are no other place of the menu.
const EXACT: IsActiveMatchOptions = {
  paths: 'exact',
  queryParams: 'ignored',
  fragment: 'ignored',
  matrixParams: 'ignored',
};
const BELOW: IsActiveMatchOptions = { ...EXACT, paths: 'subset' };

/** The frame of every page: the bar with the search, the menu, who works here. */
@Component({
  selector: 'kv-shell',
  imports: [
    Empty,
    Icon,
    Mark,
    MenuButton,
    NgTemplateOutlet,
    RouterLink,
    RouterLinkActive,
    RouterOutlet,
    ToastPlace,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '(document:keydown)': 'key($event)' },
  templateUrl: './shell.html',
})
export class Shell {
  private readonly router = inject(Router);
  private readonly session = inject(Session);
  private readonly toasts = inject(Toasts);
  private readonly document = inject(DOCUMENT);
  private readonly drawer = viewChild.required<ElementRef<HTMLDialogElement>>('drawer');
  protected readonly say = inject(Say);
  protected readonly staff = inject(Staff);
  protected readonly languages = inject(Languages);
  protected readonly view = inject(View);
  /** What an outlet has put on the page has no words until it is checked: it is checked before anything else runs. */
  protected readonly changes = inject(ChangeDetectorRef);

  protected readonly locales = LOCALE_NAMES;
  protected readonly exact = EXACT;
  protected readonly below = BELOW;
  protected readonly themeNames = THEME_NAMES;
  protected readonly isMenuOpen = signal(false);
  private isLeaving = false;
  protected readonly places = computed(() => PLACES.filter(({ needs }) => !needs || this.staff.may(needs)));
  protected readonly initials = computed(() =>
    this.staff
      .name()
      .split(/\s+/)
      .slice(0, 2)
      .map((word) => word.slice(0, 1).toUpperCase())
      .join(''),
  );

  constructor() {
    effect(() => {
      if (!this.session.signedIn()) void this.leave();
    });
    effect(() => {
      const drawer = this.drawer().nativeElement;
      if (this.isMenuOpen() && !drawer.open) drawer.showModal();
      if (!this.isMenuOpen() && drawer.open) drawer.close();
    });
  }

  /** `/` leads to the search from anywhere but a field. */
  protected key(event: KeyboardEvent): void {
    const typing = event.target instanceof HTMLElement && /INPUT|TEXTAREA|SELECT/.test(event.target.tagName);
    const wanted = (event.key === '/' && !typing) || (event.key === 'k' && (event.ctrlKey || event.metaKey));
    if (!wanted) return;
    event.preventDefault();
    this.document.getElementById('find')?.focus();
  }

  protected find(event: Event, text: string): void {
    event.preventDefault();
    void this.router.navigate(['/accounts'], { queryParams: { text: text.trim() || null } });
  }

  protected skip(event: Event): void {
    event.preventDefault();
    this.document.getElementById('main')?.focus();
  }

  /** The pages of one organisation say nothing about another: everything starts from the desk. */
  protected choose(organizationId: string): void {
    this.staff.choose(organizationId);
    void this.router.navigate(['/'], { queryParams: { org: organizationId } });
  }

  protected async signOut(): Promise<void> {
    this.isLeaving = true;
    try {
      await this.staff.signOut();
    } catch {
      this.isLeaving = false;
      this.toasts.show(this.say.text('failure.offline'));
    }
  }

  /** Who left on purpose starts anew; whose session ended comes back to the same page. */
  private leave(): Promise<boolean> {
    const to = this.isLeaving ? null : this.router.url;
    return this.router.navigate(['/sign-in'], { queryParams: { to } });
  }
}
