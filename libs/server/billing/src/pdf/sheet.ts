import { PAGE_HEIGHT, PAGE_WIDTH, Page, type TextStyle } from './page';
import { wrap } from './wrap';

const LEFT = 30;
const RIGHT = 26;
const TOP = 30;
const BOTTOM = 36;
const LEADING = 1.2;

/** Where the margins leave room. */
export const SHEET = { left: LEFT, width: PAGE_WIDTH - LEFT - RIGHT, foot: PAGE_HEIGHT - 20 } as const;

export const lineHeight = ({ size }: TextStyle): number => size * LEADING;
/** From the top of a line to its baseline. */
const baselineOf = ({ size, face }: TextStyle): number =>
  ((LEADING - 1) / 2 + face.ascent / (face.ascent - face.descent)) * size;

/** Text that ends at `right`. */
export function textToRight(page: Page, text: string, style: TextStyle, right: number, y: number): void {
  page.text(text, style, right - (style.face.widthOf(text) * style.size) / 1000, y + baselineOf(style));
}

/** Text whose line has its top at `y`. */
export function textAt(page: Page, text: string, style: TextStyle, x: number, y: number): void {
  page.text(text, style, x, y + baselineOf(style));
}

/** Pages with a place on the last of them that goes down as things are drawn, and on to the next page where there is no room. */
export class Sheet {
  readonly pages: Page[] = [];
  page = new Page();
  /** Where the next thing begins, from the top of the page. */
  y = TOP;

  constructor() {
    this.pages.push(this.page);
  }

  /** How much is left of this page. */
  get room(): number {
    return PAGE_HEIGHT - BOTTOM - this.y;
  }

  /** Begins another page where there is no room for so much. Says whether it did. */
  need(height: number): boolean {
    if (height <= this.room || this.y === TOP) return false;
    this.page = new Page();
    this.pages.push(this.page);
    this.y = TOP;
    return true;
  }

  /** Goes down. */
  skip(height: number): void {
    this.y += height;
  }

  /** Text over the whole width, or so much of it, in as many lines as it takes. */
  paragraph(text: string, style: TextStyle, width: number = SHEET.width): void {
    for (const line of wrap(text, style, width)) {
      this.need(lineHeight(style));
      textAt(this.page, line, style, LEFT, this.y);
      this.skip(lineHeight(style));
    }
  }
}
