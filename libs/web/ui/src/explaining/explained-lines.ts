import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import type { CurrencyCode } from '@kvartal/words';
import { Money } from '../money';
import type { ExplainedLine } from './explained-line';
import { Explanation } from './explanation';

/** Lines with their sums; each opens to how it was charged. */
@Component({
  selector: 'kv-explained-lines',
  imports: [Explanation, Money],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `@for (line of lines(); track $index) {
    <details>
      <summary>
        <span class="of"
          ><b>{{ line.explanation.service }}</b
          ><small>{{ line.explanation.supplier }}</small></span
        >
        <kv-money [value]="line.amount" />
      </summary>
      <kv-explanation [line]="line.explanation" [currency]="currency()" />
    </details>
  }`,
  styles: `
    :host {
      display: block;
    }
    details {
      border-top: 1px solid var(--kv-rule);
      padding: 0 var(--kv-4);
    }
    details[open] {
      padding-bottom: var(--kv-4);
    }
    summary {
      display: flex;
      justify-content: space-between;
      align-items: center;
      gap: var(--kv-4);
      min-height: 3rem;
      cursor: pointer;
    }
    summary {
      padding: var(--kv-2) 0;
    }
    .of {
      display: flex;
      flex-direction: column;
    }
    small {
      color: var(--kv-ink-2);
    }
    b {
      font-weight: 400;
      text-decoration: underline;
      text-decoration-color: var(--kv-rule-2);
      text-underline-offset: 0.25em;
    }
  `,
})
export class ExplainedLines {
  readonly lines = input.required<
    readonly {
      readonly amount: string;
      readonly explanation: ExplainedLine & { service: string; supplier: string };
    }[]
  >();
  readonly currency = input.required<CurrencyCode>();
}
