import { DOCUMENT, effect, inject, Service, signal } from '@angular/core';

const THEMES = ['auto', 'light', 'dark'] as const;
const SIZES = ['100', '125', '150'] as const;

const read = <T extends string>(key: string, known: readonly T[], otherwise: T): T => {
  const kept = localStorage.getItem(`kvartal.view.${key}`);
  return known.find((one) => one === kept) ?? otherwise;
};

/** How the pages look for this person: theme, size of the text, contrast. Kept in the browser, also before sign-in. */
@Service()
export class View {
  private readonly root = inject(DOCUMENT).documentElement;
  readonly themes = THEMES;
  readonly sizes = SIZES;
  readonly theme = signal(read('theme', THEMES, 'auto'));
  readonly size = signal(read('size', SIZES, '100'));
  readonly contrast = signal(read('contrast', ['plain', 'more'], 'plain') === 'more');

  constructor() {
    effect(() => this.apply());
  }

  apply(): void {
    const [theme, size, contrast] = [this.theme(), this.size(), this.contrast()];
    if (theme === 'auto') delete this.root.dataset['theme'];
    else this.root.dataset['theme'] = theme;
    if (contrast) this.root.dataset['contrast'] = 'more';
    else delete this.root.dataset['contrast'];
    this.root.style.fontSize = size === '100' ? '' : `${size}%`;
    localStorage.setItem('kvartal.view.theme', theme);
    localStorage.setItem('kvartal.view.size', size);
    localStorage.setItem('kvartal.view.contrast', contrast ? 'more' : 'plain');
  }
}
