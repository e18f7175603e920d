import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import {
  type CurrencyCode,
  enumText,
  showAmount,
  showDate,
  showMoney,
  showNumber,
  showPrice,
  unitText,
} from '@kvartal/words';
import { explainingWords, filled, lawText } from '@kvartal/words/explaining';
import { Language } from '../language';
import type { ExplainedLine } from './explained-line';
import {
  daysText,
  expressionText,
  isRounded,
  movementTexts,
  nodesOf,
  originText,
  partsOf,
  shareNode,
  tariffsOf,
} from './explained-nodes';

/**
 * How a line was charged: one sentence, the formula with the account's numbers, where each number comes from, and the
 * rounding. The law that is named is Russian, so it is named where money is roubles.
 */
@Component({
  selector: 'kv-explanation',
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './explanation.html',
  styleUrl: './explanation.scss',
})
export class Explanation {
  private readonly locale = inject(Language).code;
  readonly line = input.required<ExplainedLine>();
  readonly currency = input.required<CurrencyCode>();
  /** Where the formula of one part stands above already. */
  readonly hidesFormula = input(false);

  protected readonly words = computed(() => explainingWords(this.locale()));
  protected readonly isNothing = computed(
    () => this.line().segments.length === 0 && this.line().lots.length === 0,
  );
  /** Whether a person holds the charge back. A line that only came for what was held before has its method too. */
  private readonly isHeld = computed(() => {
    const { method, movements } = this.line();
    return method === 'HELD' && movements.every(({ kind }) => kind !== 'LATE');
  });
  protected readonly sentence = computed(() => {
    const { nothing, methods } = this.words();
    return this.isNothing() && !this.isHeld() ? nothing : methods[this.line().method];
  });
  protected readonly parts = computed(() =>
    partsOf(this.line().segments).map((part) => ({
      days: this.line().segments.length > 1 ? daysText(part.from, part.to, this.locale()) : '',
      formula: expressionText(part.expression),
      exact: showNumber(part.exact),
      amount: showAmount(part.amount),
      isRounded: isRounded(part),
    })),
  );
  protected readonly formulas = computed(() =>
    this.hidesFormula() && this.parts().length === 1 ? [] : this.parts(),
  );
  protected readonly nodes = computed(() => [
    ...nodesOf(this.line(), this.locale()),
    ...shareNode(this.line(), this.locale()),
  ]);
  protected readonly tariffs = computed(() =>
    tariffsOf(this.line().segments).map(({ price, origin }) => ({
      price: showPrice(price, this.currency(), unitText(this.line().unit, this.locale())),
      source: originText(origin, this.locale()),
    })),
  );
  protected readonly rounded = computed(() => this.parts().filter((part) => part.isRounded));
  protected readonly additions = computed(() =>
    this.line().additions.map(({ kind, amount, expression, origin, law }) => ({
      label: enumText('ChargeAddition', kind, this.locale()),
      amount: showAmount(amount),
      sources: [
        origin && originText(origin, this.locale()),
        expression && expressionText(expression),
        law && originText(law, this.locale()),
      ].filter((text) => text !== null && text !== ''),
    })),
  );
  protected readonly movements = computed(() =>
    this.line().movements.map((movement) => ({
      ...movementTexts(movement, this.locale()),
      amount: showAmount(movement.amount),
    })),
  );
  protected readonly lots = computed(() =>
    this.line().lots.map(({ due, principal, accrued, amount, parts }) => ({
      label: filled(this.words().debt, { sum: showMoney(principal, this.currency()), day: showDate(due) }),
      accrued: /[1-9]/.test(accrued)
        ? filled(this.words().accrued, { sum: showMoney(accrued, this.currency()) })
        : '',
      amount: showAmount(amount),
      parts: parts.map((part) => ({
        days: `${showDate(part.from)} – ${showDate(part.to)}`,
        formula: expressionText(part.expression),
      })),
    })),
  );
  protected readonly sum = computed(() => showMoney(this.line().charged, this.currency()));
  protected readonly law = computed(() => {
    const { law } = this.line().rule;
    return law && this.currency() === 'RUB' ? filled(this.words().law, { law: lawText(law) }) : '';
  });
}
