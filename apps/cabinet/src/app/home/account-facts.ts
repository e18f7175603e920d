import { Component, computed, inject, input } from '@angular/core';
import { showPhone, showQuantity } from '@kvartal/words';
import { Say, type TextKey } from '../texts/say';
import type { Home } from './home-summary';

/** What the books know of the account and of its house. */
@Component({
  selector: 'kv-account-facts',
  template: `<section class="sheet" aria-labelledby="account">
      <h2 id="account">{{ say.text('facts.account') }}</h2>
      <dl class="facts s">
        @for (fact of account(); track fact.name) {
          <div>
            <dt>{{ say.text(fact.name) }}</dt>
            <dd>{{ fact.value }}</dd>
          </div>
        }
      </dl>
    </section>
    <section class="sheet" aria-labelledby="house">
      <h2 id="house">{{ say.text('facts.house') }}</h2>
      <dl class="facts s">
        @for (fact of house(); track fact.name) {
          <div>
            <dt>{{ say.text(fact.name) }}</dt>
            <dd>{{ fact.value }}</dd>
          </div>
        }
      </dl>
    </section>`,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 7fr) minmax(0, 5fr);
      gap: var(--kv-5);
      align-items: start;
    }
    @media screen and (max-width: 839px) {
      :host {
        grid-template-columns: minmax(0, 1fr);
        gap: var(--kv-4);
      }
    }
    h2 {
      margin-bottom: var(--kv-3);
    }
  `,
})
export class AccountFacts {
  protected readonly say = inject(Say);
  readonly home = input.required<Home>();

  protected readonly account = computed(() => {
    const { account, facts } = this.home();
    const residents = facts.residents && showQuantity(facts.residents);
    return [
      this.fact('facts.number', account.number),
      this.fact('facts.holder', account.holder),
      this.fact('facts.address', account.address.line),
      this.fact('facts.organization', account.organization),
      this.fact('facts.phone', account.phone && showPhone(account.phone)),
      this.fact('facts.entrance', facts.entrance),
      this.fact('facts.floor', facts.floor),
      this.fact('facts.rooms', facts.rooms),
      this.fact(
        'facts.residents',
        residents && facts.residentsSince
          ? this.say.text('facts.residentsSince', {
              count: residents,
              date: this.say.date(facts.residentsSince),
            })
          : residents,
      ),
      this.fact('facts.totalArea', this.area(facts.totalArea)),
      this.fact('facts.livingArea', this.area(facts.livingArea)),
      this.fact('facts.heatedArea', this.area(facts.heatedArea)),
    ];
  });

  protected readonly house = computed(() => {
    const { house } = this.home();
    return [
      this.fact('facts.address', house.line),
      this.fact('facts.houseArea', this.area(house.totalArea)),
      this.fact('facts.heatedArea', this.area(house.heatedArea)),
      this.fact('facts.commonArea', this.area(house.commonArea)),
      this.fact('facts.flats', house.flats),
      this.fact('facts.floors', house.floors),
      this.fact('facts.entrances', house.entrances),
    ];
  });

  private fact(name: TextKey, value: string | number | null): { name: TextKey; value: string } {
    return { name, value: value === null || value === '' ? this.say.text('facts.none') : String(value) };
  }

  private area(value: string | null): string | null {
    return value && showQuantity(value, this.say.unit('м²'));
  }
}
