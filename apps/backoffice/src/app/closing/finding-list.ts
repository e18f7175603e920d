import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { type Params, RouterLink } from '@angular/router';
import { Icon } from '@kvartal/ui';
import { findingText } from '@kvartal/words/findings';
import type { ChecklistQuery } from '../../generated/graphql';
import { Say } from '../texts/say';

type Finding = ChecklistQuery['closingChecklist']['findings'][number];
type Item = Finding['items'][number];

/** So many are shown at once; the others open on request. */
const SHOWN = 5;
/** The longest page of houses. */
const MOST_HOUSES = 100;

/** Where a finding is mended. */
function placeOf({ accountId, houseId }: Item, code: Finding['code']): { link: string[]; query?: Params } {
  if (code === 'PAYMENT_UNMATCHED') return { link: ['/payments'] };
  if (code === 'HOUSE_METER_WITHOUT_READING')
    return { link: ['/houses'], query: { meters: houseId, size: MOST_HOUSES } };
  return accountId === null
    ? { link: ['/accounts'], query: { house: houseId } }
    : { link: ['/accounts', accountId] };
}

/** What of the month's data is broken or missing: what, where, how it is mended, and the way there. */
@Component({
  selector: 'kv-finding-list',
  imports: [Icon, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<h3 class="anom-head">{{ say.text('checklist.findings') }}</h3>
    <ul>
      @for (one of told(); track one.code) {
        <li class="anom warning finding">
          <kv-icon name="triangle-alert" [label]="say.text('checklist.isWarning')" />
          <div>
            <p class="t">
              {{ one.title }} <span class="num muted">· {{ say.number(one.total) }}</span>
            </p>
            <p>{{ one.remedy }}</p>
            <ul class="places">
              @for (item of one.first; track $index) {
                <li>
                  <a [routerLink]="item.link" [queryParams]="item.query">{{ item.address }}</a> —
                  {{ item.detail }}
                </li>
              }
            </ul>
            @if (one.rest.length) {
              <details>
                <summary>{{ say.text('checklist.findingsMore', { count: one.more }) }}</summary>
                <ul class="places">
                  @for (item of one.rest; track $index) {
                    <li>
                      <a [routerLink]="item.link" [queryParams]="item.query">{{ item.address }}</a> —
                      {{ item.detail }}
                    </li>
                  }
                </ul>
              </details>
            }
          </div>
        </li>
      }
    </ul>`,
})
export class FindingList {
  protected readonly say = inject(Say);
  readonly findings = input.required<readonly Finding[]>();

  protected readonly told = computed(() =>
    this.findings().map(({ code, total, items }) => {
      const { remedy, detail } = findingText(code, this.say.locale());
      const all = items.map((item) => {
        const { link, query = null } = placeOf(item, code);
        const values = new Map(item.params.map(({ name, value }) => [name, value]));
        const number =
          item.number === null ? '' : `${this.say.text('account.number', { number: item.number })}, `;
        const said = number + detail((name) => values.get(name) ?? '');
        return { address: item.address, detail: said, link, query };
      });
      return {
        code,
        total,
        title: this.say.enum('FindingCode', code),
        remedy,
        first: all.slice(0, SHOWN),
        rest: all.slice(SHOWN),
        more: total - SHOWN,
      };
    }),
  );
}
