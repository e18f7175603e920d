import { Component, inject } from '@angular/core';
import { Say } from '../texts/say';

/** A bill in small: where the number, the surname and the flat stand on it. */
@Component({
  selector: 'kv-bill-hint',
  template: `<figure>
    <div class="bill" role="img" [attr.aria-label]="say.text('link.whereName')">
      <p class="top">{{ say.text('link.billTitle') }}</p>
      <p class="line">
        <span>{{ say.text('link.number') }}</span><b><i>1</i>0401287047</b>
      </p>
      <p class="line">
        <span>{{ say.text('link.billHolder') }}</span><b><i>2</i>{{ say.text('link.billName') }}</b>
      </p>
      <p class="line">
        <span>{{ say.text('facts.address') }}</span><span
          >{{ say.text('link.billStreet') }} <b><i>3</i>{{ say.text('account.flat', { flat: 47 }) }}</b></span
        >
      </p>
      <p class="bar"></p>
      <p class="bar short"></p>
      <p class="bar"></p>
    </div>
    <figcaption class="s">
      <ol>
        <li>{{ say.text('link.number') }}</li>
        <li>{{ say.text('link.surname') }}</li>
        <li>{{ say.text('link.flat') }}</li>
      </ol>
    </figcaption>
  </figure>`,
  styles: `
    :host {
      display: block;
    }
    .bill {
      background: var(--kv-sheet-2);
      border: 1px solid var(--kv-rule-2);
      padding: var(--kv-4);
      display: grid;
      gap: var(--kv-3);
      font-size: var(--kv-t-xs);
    }
    .top {
      font-weight: 600;
    }
    .line {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      gap: 0.25rem 1rem;
      color: var(--kv-ink-2);
    }
    b {
      color: var(--kv-ink);
      font-weight: 600;
      box-shadow: inset 0 -2px 0 var(--kv-link);
    }
    i {
      font-style: normal;
      display: inline-grid;
      place-items: center;
      width: 1.25rem;
      height: 1.25rem;
      margin-right: 0.375rem;
      border-radius: var(--kv-r-1);
      background: var(--kv-enamel);
      color: var(--kv-on-enamel);
      font-size: 0.75rem;
    }
    .bar {
      height: 0.5rem;
      background: var(--kv-sheet-3);
    }
    .short {
      width: 60%;
    }
    ol {
      list-style: decimal;
      padding: var(--kv-3) 0 0 1.25rem;
    }
  `,
})
export class BillHint {
  protected readonly say = inject(Say);
}
