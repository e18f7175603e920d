import { Component, inject, input } from '@angular/core';
import type { CurrencyCode } from '@kvartal/words';
import { Say } from '../texts/say';
import type { Home } from './home-summary';

/** What is charged every month, by whom and at what price. */
@Component({
  selector: 'kv-service-list',
  template: `<section class="sheet flush" aria-labelledby="services">
    <h2 id="services">{{ say.text('home.services') }}</h2>
    <div class="tw">
      <table class="tbl s fold" aria-labelledby="services">
        <thead>
          <tr>
            <th scope="col">{{ say.text('charges.service') }}</th>
            <th scope="col">{{ say.text('charges.supplier') }}</th>
            <th scope="col" class="n">{{ say.text('charges.price') }}</th>
            <th scope="col">{{ say.text('home.how') }}</th>
          </tr>
        </thead>
        <tbody>
          @for (service of services(); track service.serviceId) {
            <tr>
              <th scope="row">{{ service.name }}</th>
              <td [attr.data-l]="say.text('charges.supplier')">
                <span>{{ service.supplier }}</span>
              </td>
              <td class="n" [attr.data-l]="say.text('charges.price')">
                <span>
                  @if (service.price; as price) {
                    {{ say.price(price, currency(), service.unit) }}
                    @if (service.priceSince; as since) {
                      <br /><span class="xs muted">{{
                        say.text('home.since', { date: say.date(since) })
                      }}</span>
                    }
                  } @else {
                    —
                  }
                </span>
              </td>
              <td [attr.data-l]="say.text('home.how')">
                <span>
                  {{ say.enum('Method', service.method) }}
                  @if (service.document) {
                    <br /><span class="xs muted">{{ service.document }}</span>
                  }
                </span>
              </td>
            </tr>
          }
        </tbody>
      </table>
    </div>
  </section>`,
  styles: `
    h2 {
      padding: var(--kv-5) var(--kv-6) var(--kv-3);
    }
    @media screen and (max-width: 599px) {
      h2 {
        padding: var(--kv-4) var(--kv-4) var(--kv-2);
      }
      .xs {
        white-space: normal;
      }
    }
  `,
})
export class ServiceList {
  protected readonly say = inject(Say);
  readonly services = input.required<Home['services']>();
  readonly currency = input.required<CurrencyCode>();
}
