import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { Icon, type IconName, Progress, Skeleton } from '@kvartal/ui';
import { ChecklistDocument, type ChecklistQuery } from '../../generated/graphql';
import { asked } from '../shell/asked';
import { Failure } from '../shell/failure';
import { Staff } from '../shell/staff';
import { Say, type TextKey } from '../texts/say';
import { BoundForm } from './bound-form';
import { FindingList } from './finding-list';

type Checklist = ChecklistQuery['closingChecklist'];

/** One thing to look at before a month is computed. */
interface Check {
  state: 'ok' | 'warning' | 'blocking';
  text: string;
  why?: string;
  names?: readonly string[];
}

const ICONS: Readonly<Record<Check['state'], IconName>> = {
  ok: 'circle-check',
  warning: 'triangle-alert',
  blocking: 'circle-alert',
};

const STATE_NAMES: Readonly<Record<Check['state'], TextKey>> = {
  ok: 'checklist.isOk',
  warning: 'checklist.isWarning',
  blocking: 'checklist.isBlocking',
};

/** What is ready for the month and what is missing, and the button that starts the computation. */
@Component({
  selector: 'kv-closing-checklist',
  imports: [BoundForm, Failure, FindingList, Icon, Progress, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './closing-checklist.html',
})
export class ClosingChecklist {
  private readonly staff = inject(Staff);
  protected readonly say = inject(Say);
  protected readonly icons = ICONS;
  protected readonly stateNames = STATE_NAMES;
  readonly month = input.required<string>();
  readonly isBusy = input(false);
  /** Whether in spite of what stands in the way. */
  readonly start = output<boolean>();

  protected readonly checklist = asked(
    ChecklistDocument,
    () => {
      const organizationId = this.staff.organizationId();
      return organizationId ? { organizationId, month: this.month() } : undefined;
    },
    () => this.month(),
  );
  protected readonly list = computed(() => this.checklist.value()?.closingChecklist);
  protected readonly checks = computed(() => {
    const list = this.list();
    return list ? this.checksOf(list) : [];
  });

  protected tryStart(list: Checklist): void {
    if (list.mayStart && !this.isBusy()) this.start.emit(false);
  }

  /** Missing tariffs park their houses only; nothing else may be passed over. */
  protected mayAnyway({ mayStart, refusals }: Checklist): boolean {
    return !mayStart && refusals.every(({ code }) => code === 'NO_TARIFF');
  }

  protected startAnyway(): void {
    if (!this.isBusy()) this.start.emit(true);
  }

  private checksOf(list: Checklist): Check[] {
    // A missing tariff has a line of its own, with the names of the services.
    const blocking = list.refusals
      .filter(({ code }) => code !== 'NO_TARIFF')
      .map(({ code, params }): Check => ({ state: 'blocking', text: this.say.refusal(code, params) }));
    return [...blocking, this.tariffs(list), this.readings(list), this.houseReadings(list)];
  }

  private tariffs({ missingTariffs }: Checklist): Check {
    if (missingTariffs.length === 0) return { state: 'ok', text: this.say.text('checklist.tariffs') };
    return {
      state: 'blocking',
      text: this.say.text('checklist.noTariffs', { count: missingTariffs.length }),
      names: missingTariffs,
    };
  }

  private readings({ registers, readings }: Checklist): Check {
    const missing = registers - readings;
    if (missing <= 0) return { state: 'ok', text: this.say.text('checklist.allReadings') };
    return {
      state: 'warning',
      text: this.say.text('checklist.readings', { missing }),
      why: this.say.text('checklist.readingsWhy'),
    };
  }

  private houseReadings({ housesWithoutReading: houses }: Checklist): Check {
    if (houses.length === 0) return { state: 'ok', text: this.say.text('checklist.houses') };
    return {
      state: 'warning',
      text: this.say.text('checklist.noHouses', { count: houses.length }),
      names: houses,
    };
  }
}
