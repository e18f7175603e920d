import { Component } from '@angular/core';

/** x, y, width: houses of an evening street, painted once. */
const HOUSES = [
  [0, 250, 180],
  [150, 120, 230],
  [350, 300, 170],
  [500, 60, 250],
  [730, 210, 190],
  [900, 330, 160],
] as const;
const STEP = { x: 30, y: 38 } as const;
const HEIGHT = 900;

/** Windows by their light, as one path each. The same evening every time: the dice are a fixed sequence. */
function windows(): Record<'dark' | 'dim' | 'lit' | 'warm', string> {
  const paths = { dark: '', dim: '', lit: '', warm: '' };
  let dice = 7;
  for (const [left, top, width] of HOUSES)
    for (let y = top + 24; y < HEIGHT - 60; y += STEP.y)
      for (let x = left + 21; x < left + width - 30; x += STEP.x) {
        dice = (dice * 1103515245 + 12345) % 2147483648;
        const share = dice / 2147483648;
        const light = share < 0.06 ? 'lit' : share < 0.1 ? 'warm' : share < 0.4 ? 'dim' : 'dark';
        paths[light] += `M${x} ${y}h18v24h-18z`;
      }
  return paths;
}

const street = HOUSES.map(([x, y, width]) => `M${x} ${y}h${width}v${HEIGHT - y}h-${width}z`).join('');

/** Lit windows of an evening street, beside the way in. Decoration. */
@Component({
  selector: 'kv-town',
  host: { 'aria-hidden': 'true' },
  template: `<svg viewBox="0 0 1060 900" preserveAspectRatio="xMidYMax slice">
    <path class="house" [attr.d]="street" />
    @for (light of lights; track light) {
      <path [attr.class]="light" [attr.d]="windows[light]" />
    }
  </svg>`,
  styles: `
    :host {
      display: block;
      background: var(--kv-night);
      overflow: hidden;
    }
    svg {
      width: 100%;
      height: 100%;
      display: block;
    }
    .house {
      fill: color-mix(in srgb, var(--kv-bar-mark) 12%, var(--kv-night));
    }
    .dark {
      fill: color-mix(in srgb, var(--kv-bar-mark) 20%, var(--kv-night));
    }
    .dim {
      fill: color-mix(in srgb, var(--kv-bar-mark) 28%, var(--kv-night));
    }
    .lit {
      fill: var(--kv-lamp);
    }
    .warm {
      fill: color-mix(in srgb, var(--kv-lamp) 55%, var(--kv-on-enamel));
    }
  `,
})
export class Town {
  protected readonly street = street;
  protected readonly lights = ['dark', 'dim', 'lit', 'warm'] as const;
  protected readonly windows = windows();
}
