import { ChangeDetectionStrategy, Component } from '@angular/core';

const HOUSES = [
  { x: -10, top: 240, columns: 2, floors: 17 },
  { x: 60, top: 110, columns: 6, floors: 20 },
  { x: 262, top: 290, columns: 4, floors: 15 },
  { x: 404, top: 50, columns: 7, floors: 22 },
  { x: 640, top: 200, columns: 5, floors: 18 },
  { x: 812, top: 330, columns: 5, floors: 14 },
] as const;
const STEP = 29;

/** Lit here and there, always the same: a fixed pattern, nothing random. */
const isLit = (house: number, floor: number, column: number): boolean =>
  (house * 7 + floor * 13 + column * 29 + floor * column * 5) % 11 === 3;

const windows = HOUSES.flatMap(({ x, top, columns, floors }, house) =>
  Array.from({ length: columns * floors }, (_, at) => {
    const [column, floor] = [at % columns, Math.floor(at / columns)];
    return {
      id: `${house}-${at}`,
      x: x + 14 + column * STEP,
      y: top + 18 + floor * 36,
      lit: isLit(house, floor, column),
    };
  }),
);

/** The quarter at night beside the sign-in: houses with a few lit windows. Decoration only. */
@Component({
  selector: 'kv-night-houses',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { 'aria-hidden': 'true' },
  template: `<svg viewBox="0 0 900 860" preserveAspectRatio="xMidYMid slice">
    @for (house of houses; track house.x) {
      <rect
        class="wall"
        [attr.x]="house.x"
        [attr.y]="house.top"
        [attr.width]="house.columns * 29 + 16"
        height="860"
      />
    }
    @for (one of windows; track one.id) {
      <rect
        [class]="one.lit ? 'lit' : 'dark'"
        [attr.x]="one.x"
        [attr.y]="one.y"
        width="17"
        height="22"
        rx="1"
      />
    }
  </svg>`,
  styles: `
    :host {
      background: var(--kv-night);
      overflow: hidden;
      display: flex;
    }
    svg {
      width: 100%;
      height: 100%;
    }
    .wall {
      fill: color-mix(in srgb, var(--kv-night) 84%, var(--kv-bar-mark));
    }
    .dark {
      fill: color-mix(in srgb, var(--kv-night) 68%, var(--kv-bar-mark));
    }
    .lit {
      fill: var(--kv-lamp);
    }
  `,
})
export class NightHouses {
  protected readonly houses = HOUSES;
  protected readonly windows = windows;
}
