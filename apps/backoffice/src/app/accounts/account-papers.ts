import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import type { RefusalData } from '@kvartal/api-client';
import { Dialog, Icon, Skeleton, Toasts } from '@kvartal/ui';
import { showQuantity } from '@kvartal/words';
import { AccountPapersDocument, type PapersFragment } from '../../generated/graphql';
import { asked } from '../shell/asked';
import { Failure } from '../shell/failure';
import { type Filled, FilledForm } from '../shell/filled-form';
import { Staff } from '../shell/staff';
import { Table } from '../shell/table';
import { Say } from '../texts/say';
import { NewPaper } from './new-paper';
import { endFields } from './paper-fields';
import { Papers } from './papers';

type Act = PapersFragment['acts'][number];
type Benefit = PapersFragment['benefits'][number];

/** A row of the list: an act or a benefit in words. */
interface Shown {
  paper: 'act' | 'benefit';
  id: string;
  what: string;
  details: string;
  document: string;
  days: string;
  entered: string;
  /** Whether a last day can be told of it; what is told of one month can only be withdrawn. */
  isLasting: boolean;
}

/** What acts and benefits an account is charged by, with entering and ending them. */
@Component({
  selector: 'kv-account-papers',
  imports: [Dialog, Failure, FilledForm, Icon, NewPaper, Skeleton, Table],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './account-papers.html',
})
export class AccountPapers {
  private readonly papers = inject(Papers);
  private readonly toasts = inject(Toasts);
  protected readonly staff = inject(Staff);
  protected readonly say = inject(Say);
  readonly accountId = input.required<string>();
  readonly services = input.required<readonly { serviceId: string; name: string }[]>();

  protected readonly list = asked(
    AccountPapersDocument,
    () => {
      const organizationId = this.staff.organizationId();
      return organizationId ? { organizationId, accountId: this.accountId() } : undefined;
    },
    () => this.accountId(),
  );
  protected readonly shown = computed(() => {
    const found = this.list.value()?.accountPapers;
    return (
      found && [...found.acts.map((act) => this.act(act)), ...found.benefits.map((one) => this.benefit(one))]
    );
  });
  protected readonly mayWrite = computed(() => this.staff.may('ACCOUNT_WRITE'));
  protected readonly isEntering = signal(false);
  protected readonly ending = signal<Shown | undefined>(undefined);
  protected readonly isEnding = computed(() => this.ending() !== undefined);
  protected readonly typed = signal<Filled>({});
  /** Whether the paper is to be as if it had never been. */
  protected readonly isWithdrawn = computed(
    () => !this.ending()?.isLasting || this.typed()['way'] === 'WITHDRAW',
  );
  protected readonly endFields = computed(() =>
    endFields(this.say, this.ending()?.isLasting ?? false, this.isWithdrawn()),
  );

  protected entered(): void {
    this.isEntering.set(false);
    this.toasts.show(this.say.text('papers.recorded'));
    this.list.reload();
  }

  protected askToEnd(one: Shown): void {
    this.typed.set({});
    this.ending.set(one);
  }

  protected readonly end = async ({ lastDay }: Filled): Promise<readonly RefusalData[]> => {
    const one = this.ending();
    if (!one) return [];
    const answer = await this.papers.end(one.paper, one.id, lastDay ?? null);
    return answer.__typename === 'Refused' ? answer.refusals : [];
  };

  protected ended(): void {
    this.ending.set(undefined);
    this.toasts.show(this.say.text('papers.ended'));
    this.list.reload();
  }

  private act(act: Act): Shown {
    const service = act.service ? [act.service] : [];
    const whole = act.wholeHouse ? [this.say.text('papers.ofHouse')] : [];
    return {
      ...this.row(act),
      paper: 'act',
      what: this.say.enumOf('ActKind', act.kind),
      details: [...service, ...this.numbersOf(act), ...whole].join(' · '),
      isLasting: act.kind === 'ABSENCE' || act.kind === 'COEFFICIENT',
    };
  }

  private benefit(benefit: Benefit): Shown {
    const { percent, beneficiaries, withinNorm } = benefit;
    const parts = [
      benefit.service,
      this.say.text('papers.percentOf', { percent: showQuantity(percent) }),
      ...(beneficiaries ? [this.say.text('papers.for', { count: showQuantity(beneficiaries) })] : []),
      ...(withinNorm ? [this.say.text('papers.isWithinNorm')] : []),
    ];
    const what = `${this.say.text('papers.benefit')}: ${benefit.category}`;
    return { ...this.row(benefit), paper: 'benefit', what, details: parts.join(' · '), isLasting: true };
  }

  private row({ id, document, from, to, author, createdAt }: Act | Benefit) {
    const days = to
      ? this.say.text('papers.days', { from: this.say.date(from), to: this.say.date(to) })
      : this.say.text('papers.since', { from: this.say.date(from) });
    const entered = [author, this.say.near(createdAt, this.staff.today())].filter(Boolean).join(', ');
    return { id, document, days, entered };
  }

  private numbersOf(act: Act): string[] {
    const { people, hours, allowedHours, degreeHours, volume, coefficient, temperatures } = act;
    const told = (value: string | null) => (value === null ? '' : showQuantity(value));
    return [
      ...(people ? [this.say.text('papers.away', { count: told(people) })] : []),
      ...(hours
        ? [this.say.text('papers.tooLong', { hours: told(hours), allowed: told(allowedHours) })]
        : []),
      ...(degreeHours ? [this.say.text('papers.cold', { count: told(degreeHours) })] : []),
      ...(volume ? [told(volume)] : []),
      ...(coefficient ? [`× ${told(coefficient)}`] : []),
      ...temperatures.map((slot) =>
        this.say.text('papers.measured', { degrees: told(slot.temperature), hours: told(slot.hours) }),
      ),
    ];
  }
}
