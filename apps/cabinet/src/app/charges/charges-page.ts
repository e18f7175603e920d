import { Component, computed, effect, inject, input, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import { Banner, Empty, Icon, Money, PeriodPicker, Skeleton } from '@kvartal/ui';
import { showMoney, showQuantity } from '@kvartal/words';
import { FailureView } from '../shell/failure-view';
import { heldBack, isNegative, isZero, termsOf } from '../sums/sums';
import { Say, type TextKey } from '../texts/say';
import { Charges, type Line } from './charges';
import { LineDetail } from './line-detail';
import { isPriced, isProduct, isQuiet, lineId, rareColumns } from './lines';

/** The statement of a month: how it adds up, and every line of it. The month lives in the address. */
@Component({
  selector: 'kv-charges-page',
  imports: [RouterLink, Banner, Empty, Icon, Money, PeriodPicker, Skeleton, FailureView, LineDetail],
  templateUrl: './charges-page.html',
  styleUrl: './charges-page.scss',
})
export class ChargesPage {
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  protected readonly charges = inject(Charges);
  protected readonly say = inject(Say);

  /** `?p=2026-10` */
  readonly p = input<string>();

  protected readonly id = lineId;
  protected readonly isPriced = isPriced;
  protected readonly isZero = isZero;
  protected readonly hidesQuiet = signal(true);
  private readonly fragment = toSignal(this.route.fragment);
  protected readonly open = computed(() => this.fragment()?.replace(/^line-/, ''));

  protected readonly statement = this.charges.statement;
  protected readonly currency = this.charges.currency;
  protected readonly terms = computed(() => termsOf(this.statement()?.totals ?? NOTHING));
  protected readonly rare = computed(() => rareColumns(this.statement()?.lines ?? []));
  protected readonly quiet = computed(() => this.statement()?.lines.filter(isQuiet).length ?? 0);
  protected readonly lines = computed(() => {
    const lines = this.statement()?.lines ?? [];
    return this.hidesQuiet() ? lines.filter((line) => !isQuiet(line)) : lines;
  });
  protected readonly payText = computed(() => {
    const toPay = this.charges.toPay() ?? '0.00';
    return isZero(toPay)
      ? this.say.text('nav.pay')
      : this.say.text('home.pay', { sum: showMoney(toPay, this.currency()) });
  });
  protected readonly kept = computed(() => {
    const statement = this.statement();
    return statement ? heldBack(statement.toPay, statement.totals.closing) : '0.00';
  });
  protected readonly why = computed(() => {
    const over = this.statement()?.recipients.filter(({ closing }) => isNegative(closing)) ?? [];
    const names = over.map(({ recipient }) => `«${recipient}»`).join(', ');
    return this.say.text('charges.why', { sum: showMoney(this.kept(), this.currency()), names });
  });

  constructor() {
    effect(() => {
      const month = this.p();
      this.charges.asked.set(month && /^\d{4}-\d{2}$/.test(month) ? month : undefined);
    });
  }

  protected choose(month: string): void {
    void this.router.navigate([], { queryParams: { p: month } });
  }

  /** One line is open at a time, and the address names it. */
  protected toggle(line: Line): void {
    const fragment = this.open() === lineId(line) ? undefined : `line-${lineId(line)}`;
    void this.router.navigate([], { fragment, queryParamsHandling: 'preserve', replaceUrl: true });
  }

  protected termName(name: TextKey, month: string): string {
    return this.say.text(name, { day: this.say.day(`${month}-01`), month: this.say.monthName(month) });
  }

  /** «10,418 м³ × 15,78 ₽ = 164,40» where it is so. */
  protected formula(line: Line): string {
    if (isZero(line.charged)) return this.say.text('charges.notCharged');
    const volume = showQuantity(line.quantity, this.say.unit(line.unit));
    if (!isProduct(line)) return this.say.enum('Method', line.method);
    return `${volume} × ${this.say.price(line.price, this.currency())} = ${showMoney(line.charged, this.currency())}`;
  }

  protected volume(line: Line): string {
    return isZero(line.charged) && /^0(\.0*)?$/.test(line.quantity) ? '—' : showQuantity(line.quantity);
  }
}

const NOTHING = {
  opening: '0.00',
  charged: '0.00',
  recalculated: '0.00',
  underdelivered: '0.00',
  benefit: '0.00',
  adjusted: '0.00',
  paid: '0.00',
  closing: '0.00',
};
