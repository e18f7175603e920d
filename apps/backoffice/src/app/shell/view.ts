import { DOCUMENT, effect, inject, Service, signal } from '@angular/core';

const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
const KEPT = 'kvartal.view.theme';

/** The theme of the pages: the system's, unless this person chose another in this browser. */
@Service()
export class View {
  private readonly root = inject(DOCUMENT).documentElement;
  readonly themes = THEMES;
  readonly theme = signal(THEMES.find((one) => one === localStorage.getItem(KEPT)) ?? 'auto');

  constructor() {
    effect(() => {
      const theme = this.theme();
      if (theme === 'auto') delete this.root.dataset['theme'];
      else this.root.dataset['theme'] = theme;
      localStorage.setItem(KEPT, theme);
    });
  }
}
