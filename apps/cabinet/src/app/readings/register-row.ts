import { Component, computed, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Drum, Icon } from '@kvartal/ui';
import { type CurrencyCode, showMoney, showPrice, showQuantity } from '@kvartal/words';
import { Say } from '../texts/say';
import { ReadingForm, type Row } from './reading-form';
import { gauge, showRough } from './row';

/** A counter of a meter: what it showed, what it shows, what that comes to, and what is wrong with it. */
@Component({
  selector: 'kv-register-row',
  imports: [RouterLink, Drum, Icon],
  templateUrl: './register-row.html',
  styleUrl: './register-row.scss',
})
export class RegisterRow {
  private readonly form = inject(ReadingForm);
  protected readonly say = inject(Say);
  readonly row = input.required<Row>();
  readonly currency = input.required<CurrencyCode>();
  readonly remove = output();

  protected readonly id = computed(() => `field-reading-${this.row().register.id}`);
  protected readonly unit = computed(() => this.say.unit(this.row().register.unit));
  protected readonly zone = computed(() => {
    const { zone } = this.row().register;
    return zone === 'SINGLE' ? '' : this.say.enum('Zone', zone);
  });
  protected readonly previousCaption = computed(() => {
    const { previous } = this.row().register;
    const day = previous ? this.say.shortDate(previous.takenOn) : '';
    const zone = this.zone();
    if (!previous)
      return zone
        ? `${zone}, ${this.say.text('readings.noPrevious')}`
        : this.say.text('readings.noPreviousAlone');
    return zone ? this.say.text('readings.wasZone', { zone, day }) : this.say.text('readings.was', { day });
  });
  protected readonly usual = computed(() => {
    const { usualFrom, usualTo } = this.row().register;
    if (usualFrom === null || usualTo === null) return '';
    const [from, to] = [showRough(usualFrom), showRough(usualTo)];
    return from === to ? to : `${from}–${to}`;
  });
  protected readonly consumption = computed(() => {
    const { consumption } = this.row();
    return consumption === undefined ? '' : showQuantity(consumption, this.unit());
  });
  protected readonly gauge = computed(() => {
    const { consumption, register } = this.row();
    return consumption === undefined ? undefined : gauge(register, consumption);
  });
  protected readonly cost = computed(() => {
    const { cost, register } = this.row();
    if (cost === undefined) return '';
    const rough = this.row().costIsRough || register.costIncludes.length > 1 || this.form.isEstimated();
    return `${rough ? '≈\u00a0' : ''}${showMoney(cost, this.currency())}`;
  });
  protected readonly costCaption = computed(() => {
    const { costIncludes, price } = this.row().register;
    if (costIncludes.length > 1)
      return this.say.text('readings.includes', { list: costIncludes.join(', ').toLowerCase() });
    return price ? `× ${showPrice(price, this.currency())}` : this.say.text('readings.cost');
  });
  protected readonly problem = computed(() => {
    const { problem, isLeft } = this.row();
    return problem && isLeft ? this.say.refusal(problem.code, problem.params) : '';
  });
  protected readonly warning = computed(() => {
    const { warning, isConfirmed } = this.row();
    return warning && !this.problem() && !isConfirmed ? this.say.refusal(warning.code, warning.params) : '';
  });
  protected readonly sentNote = computed(() => {
    const { register, isChanged } = this.row();
    if (!register.current || isChanged) return '';
    const { takenOn, source, settles } = register.current;
    const words = {
      date: this.say.date(takenOn),
      source: this.say.enum('ReadingSource', source).toLowerCase(),
    };
    return this.say.text(settles ? 'readings.sent' : 'readings.sentNotUsed', words);
  });
  protected readonly mayRemove = computed(
    () => this.row().register.current?.deletable === true && !this.row().isChanged,
  );

  protected type({ target }: Event): void {
    if (target instanceof HTMLInputElement) this.form.type(this.row(), target.value);
  }

  protected leave(): void {
    if (this.row().text.trim() !== '') this.form.leave(this.row());
  }

  protected take(): void {
    const { fix } = this.row();
    if (fix) this.form.type(this.row(), fix);
  }

  protected confirm(): void {
    this.form.confirm(this.row());
  }
}
