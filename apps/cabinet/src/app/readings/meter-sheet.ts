import { Component, computed, inject, input, output } from '@angular/core';
import { Session } from '@kvartal/api-client';
import { civilDate, daysBetween } from '@kvartal/domain';
import { Chip, Icon, type IconName } from '@kvartal/ui';
import type { CurrencyCode, EnumValue } from '@kvartal/words';
import { Say } from '../texts/say';
import type { Meter } from './intake';
import type { Row } from './reading-form';
import { RegisterRow } from './register-row';

const LOOKS: Readonly<Record<EnumValue<'Resource'>, { icon: IconName; tone: string }>> = {
  COLD_WATER: { icon: 'droplet', tone: 'cold' },
  HOT_WATER: { icon: 'flame', tone: 'hot' },
  ELECTRICITY: { icon: 'zap', tone: 'day' },
  HEAT: { icon: 'heater', tone: 'heat' },
  GAS: { icon: 'bolt', tone: 'night' },
};
/** From when on an ending verification is pointed out. */
const SOON_DAYS = 30;

/** A meter: what it counts and where, its number and verification; its registers share this head. */
@Component({
  selector: 'kv-meter-sheet',
  imports: [Chip, Icon, RegisterRow],
  template: `<section class="meter" [attr.aria-label]="say.meter(meter())">
    <div class="head">
      <kv-icon [class]="look().tone" [name]="look().icon" />
      <div>
        <h2>{{ say.meter(meter()) }}</h2>
        <p class="s muted">
          {{ meter().serial ? '№ ' + meter().serial : say.text('readings.noSerial') }}
          @if (verification().tone === 'neutral') {
            <br />{{ verification().text }}
          }
        </p>
        @if (verification().tone !== 'neutral') {
          <kv-chip [tone]="verification().tone" icon="clock">{{ verification().text }}</kv-chip>
        }
      </div>
    </div>
    <div>
      @if (meter().refusal; as refusal) {
        <p class="wrn"><kv-icon name="triangle-alert" />{{ say.refusal(refusal.code, refusal.params) }}</p>
      }
      @for (row of rows(); track row.register.id) {
        <kv-register-row [row]="row" [currency]="currency()" (remove)="remove.emit(row)" />
      }
    </div>
  </section>`,
  styleUrl: './meter-sheet.scss',
})
export class MeterSheet {
  private readonly session = inject(Session);
  protected readonly say = inject(Say);
  readonly meter = input.required<Meter>();
  readonly rows = input.required<readonly Row[]>();
  readonly currency = input.required<CurrencyCode>();
  readonly remove = output<Row>();

  protected readonly look = computed(() => LOOKS[this.meter().resource]);
  protected readonly verification = computed(() => {
    const [until, today] = [this.meter().verifyUntil, this.session.today()];
    if (!until) return { tone: 'neutral', text: this.say.text('readings.verifyUnknown') } as const;
    const date = this.say.date(until);
    const left = today ? daysBetween(civilDate(today), civilDate(until)) : Infinity;
    if (left < 0) return { tone: 'bad', text: this.say.text('readings.verifyOver', { date }) } as const;
    return {
      tone: left <= SOON_DAYS ? 'now' : 'neutral',
      text: this.say.text('readings.verifyUntil', { date }),
    } as const;
  });
}
