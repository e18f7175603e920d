import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Api, isRefused, loaded } from '@kvartal/api-client';
import { money, moneyOf, moneyText } from '@kvartal/domain';
import { Banner, Empty, Field, FieldInput, Icon, Skeleton } from '@kvartal/ui';
import { showMoney, showQuantity } from '@kvartal/words';
import { WhatIfBaseDocument, WhatIfDocument, type WhatIfInput } from '../../generated/graphql';
import { Accounts } from '../accounts/accounts';
import { CauseList } from '../charges/cause-list';
import { FailureView } from '../shell/failure-view';
import { Say } from '../texts/say';
import {
  type Base,
  NIGHT,
  RESIDENTS,
  type Typed,
  changeOf,
  meterField,
  registerField,
  wrongFields,
} from './changes';
import { PayLater } from './pay-later';

/** What the last month would have cost with other facts: the person's own numbers, and nothing is stored. */
@Component({
  selector: 'kv-what-if-page',
  imports: [RouterLink, Banner, CauseList, Empty, FailureView, Field, FieldInput, Icon, PayLater, Skeleton],
  templateUrl: './what-if-page.html',
  styles: `
    .back a {
      display: inline-flex;
      align-items: center;
      gap: 0.25rem;
      min-height: 1.5rem;
    }
    .answer {
      font-size: var(--kv-t-xl);
      font-weight: 500;
      line-height: 1.4;
      margin-bottom: var(--kv-3);
    }
    .intro {
      margin-bottom: var(--kv-5);
    }
  `,
})
export class WhatIfPage {
  private readonly api = inject(Api);
  private readonly accounts = inject(Accounts);
  protected readonly say = inject(Say);
  protected readonly residents = RESIDENTS;
  protected readonly currency = computed(() => this.accounts.chosen()?.organization.currency ?? 'RUB');

  protected readonly base = loaded(this.accounts.key, async (key, signal) => {
    const { me } = await this.api.query(WhatIfBaseDocument, key, signal);
    return { found: me.account.whatIfBase };
  });
  protected readonly typed = signal<Typed>({});
  protected readonly wrong = signal<readonly string[]>([]);
  private readonly asked = signal<WhatIfInput | undefined>(undefined);
  protected readonly read = loaded(
    () => {
      const [key, change] = [this.accounts.key(), this.asked()];
      return key && change ? { ...key, change } : undefined;
    },
    async (variables, signal) => {
      const { me } = await this.api.query(WhatIfDocument, variables, signal);
      return me.account.whatIf;
    },
  );
  protected readonly told = computed(() => {
    const answer = this.read.data();
    return answer && !isRefused(answer) ? answer : undefined;
  });
  protected readonly refusals = computed(() => {
    const answer = this.read.data();
    return answer && isRefused(answer) ? answer.refusals : [];
  });
  protected readonly answer = computed(() => {
    const told = this.told();
    if (!told) return '';
    const by = money(told.after) - money(told.before);
    const sum = showMoney(moneyText(moneyOf(by < 0n ? -by : by)), this.currency());
    return this.say.text(by === 0n ? 'whatIf.same' : by > 0n ? 'whatIf.more' : 'whatIf.less', { sum });
  });

  protected fieldsOf(base: Base): { name: string; label: string; hint: string }[] {
    const volume = (resource: Base['registers'][number]['resource'], used: string) =>
      showQuantity(used, this.say.resourceUnit(resource));
    return [
      {
        name: RESIDENTS,
        label: this.say.text('whatIf.residents'),
        hint: this.say.text('whatIf.was', { value: showQuantity(base.residents) }),
      },
      ...base.registers.map((register) => ({
        name: registerField(register),
        label: this.say.text('whatIf.used', {
          name: this.say.meter(register, register.zone),
          unit: this.say.resourceUnit(register.resource),
        }),
        hint: this.say.text('whatIf.was', { value: volume(register.resource, register.used) }),
      })),
      ...this.zonesOf(base),
      ...base.unmetered.map((one) => ({
        name: meterField(one),
        label: this.say.text('whatIf.meter', { name: this.say.meter({ ...one, place: '' }, one.zone) }),
        hint: this.say.text('whatIf.norm', { value: volume(one.resource, one.used) }),
      })),
    ];
  }

  /** The share of the night, where there are prices for it. */
  private zonesOf({ twoZones }: Base): { name: string; label: string; hint: string }[] {
    if (!twoZones?.dayPrice || !twoZones.nightPrice) return [];
    const { used, dayPrice, nightPrice, nightPercent } = twoZones;
    const prices = this.say.text('whatIf.zonePrices', {
      used: showQuantity(used, this.say.resourceUnit('ELECTRICITY')),
      day: this.say.price(dayPrice, this.currency()),
      night: this.say.price(nightPrice, this.currency()),
    });
    const norm = nightPercent && this.say.text('whatIf.nightNorm', { percent: showQuantity(nightPercent) });
    return [
      { name: NIGHT, label: this.say.text('whatIf.zones'), hint: [prices, norm].filter(Boolean).join(' ') },
    ];
  }

  protected type(name: string, event: Event): void {
    const { target } = event;
    if (target instanceof HTMLInputElement)
      this.typed.update((typed) => ({ ...typed, [name]: target.value }));
  }

  protected errorOf(name: string): string {
    return this.wrong().includes(name) ? this.say.refusal('NOT_A_NUMBER', []) : '';
  }

  protected ask(base: Base, event: Event): void {
    event.preventDefault();
    this.wrong.set(wrongFields(this.typed()));
    const [first] = this.wrong();
    if (first) document.getElementById(`field-${first}`)?.focus();
    else this.asked.set(changeOf(base, this.typed()));
  }
}
