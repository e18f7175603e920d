import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { Dialog, Icon, Toasts } from '@kvartal/ui';
import { Staff } from '../shell/staff';
import { Table } from '../shell/table';
import { Say } from '../texts/say';
import { type DatedValue, inForce, nextAfter } from './dated';
import { NewValueForm } from './new-value-form';
import { type Subject, Tariffs } from './tariffs';
import { ValueHistory } from './value-history';

/** Dated values in rows: what holds today, what comes next, all that was stated, and a new one. */
@Component({
  selector: 'kv-value-table',
  imports: [Dialog, Icon, NewValueForm, Table, ValueHistory],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './value-table.html',
})
export class ValueTable {
  private readonly toasts = inject(Toasts);
  protected readonly tariffs = inject(Tariffs);
  protected readonly staff = inject(Staff);
  protected readonly say = inject(Say);

  readonly caption = input.required<string>();
  readonly subjects = input.required<readonly Subject[]>();
  readonly mayChange = input.required<boolean>();
  readonly changesFrom = input.required<string>();
  readonly changed = output();

  protected readonly rows = computed(() =>
    this.subjects().map((subject) => ({
      subject,
      now: inForce(subject.values, this.staff.today()),
      next: nextAfter(subject.values, this.staff.today()),
    })),
  );
  protected readonly changing = signal<Subject | undefined>(undefined);
  protected readonly recalled = signal<Subject | undefined>(undefined);
  protected readonly isChanging = computed(() => this.changing() !== undefined);
  protected readonly isRecalling = computed(() => this.recalled() !== undefined);

  protected since({ from }: DatedValue): string {
    return from === null
      ? this.say.text('tariffs.always')
      : this.say.text('tariffs.since', { date: this.say.date(from) });
  }

  protected named(subject: Subject | undefined): string {
    return subject ? [subject.name, subject.detail].filter(Boolean).join(', ') : '';
  }

  protected done(subject: Subject): void {
    this.changing.set(undefined);
    this.toasts.show(this.say.text('tariffs.done', { name: this.named(subject) }));
    this.changed.emit();
  }
}
