import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import type { RefusalData } from '@kvartal/api-client';
import { type Filled, FilledForm } from '../shell/filled-form';
import { Say } from '../texts/say';
import { fieldsOf, kindOf, type PaperKind } from './paper-fields';
import { Papers, type RecordedPaper } from './papers';

/** A new act or benefit: which fields it has depends on its kind. */
@Component({
  selector: 'kv-new-paper',
  imports: [FilledForm],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<kv-filled-form
    [fields]="fields()"
    [action]="say.text('papers.record')"
    [send]="send"
    (typing)="typed.set($event)"
    (made)="recorded.emit()"
    (canceled)="canceled.emit()"
  />`,
})
export class NewPaper {
  private readonly papers = inject(Papers);
  protected readonly say = inject(Say);
  readonly accountId = input.required<string>();
  readonly services = input.required<readonly { serviceId: string; name: string }[]>();
  readonly recorded = output();
  readonly canceled = output();

  protected readonly typed = signal<Filled>({});
  protected readonly fields = computed(() =>
    fieldsOf(this.say, kindOf(this.typed()['kind']), this.services()),
  );

  protected readonly send = async (filled: Filled, clientKey: string): Promise<readonly RefusalData[]> => {
    const answer = await this.ask(filled, clientKey);
    return answer.__typename === 'Refused' ? answer.refusals : [];
  };

  private ask(filled: Filled, clientKey: string): Promise<RecordedPaper> {
    const kind = kindOf(filled['kind']);
    const paper = {
      accountId: this.accountId(),
      clientKey,
      document: filled['document'] ?? '',
      from: filled['from'] ?? '',
      to: filled['to'] || null,
    };
    if (kind !== 'BENEFIT') return this.papers.recordAct({ ...paper, kind, ...told(kind, filled) });
    return this.papers.recordBenefit({
      ...paper,
      serviceId: filled['serviceId'] ?? '',
      category: filled['category'] ?? '',
      percent: filled['percent'] ?? '',
      beneficiaries: filled['beneficiaries'] || null,
      withinNorm: filled['withinNorm'] === 'yes',
    });
  }
}

/** What an act says: what its kind has no field for was not filled in. */
function told(kind: PaperKind, filled: Filled) {
  const isMeasured = kind === 'HOT_WATER_TEMPERATURE';
  const [temperature, hours] = [filled['temperature'] ?? '', filled['hours'] || null];
  const night = filled['night'] === 'yes';
  return {
    wholeHouse: filled['wholeHouse'] === 'yes',
    serviceId: kind === 'ABSENCE' ? null : (filled['serviceId'] ?? ''),
    people: filled['people'] || null,
    hours: isMeasured ? null : hours,
    allowedHours: filled['allowedHours'] || null,
    degreeHours: filled['degreeHours'] || null,
    volume: filled['volume'] || null,
    coefficient: filled['coefficient'] || null,
    temperatures: isMeasured ? [{ temperature, hours: hours ?? '', night }] : null,
  };
}
