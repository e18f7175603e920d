import { ChangeDetectionStrategy, Component, computed, inject, input, resource } from '@angular/core';
import { failureOf } from '@kvartal/api-client';
import { Skeleton } from '@kvartal/ui';
import { Failure } from '../shell/failure';
import { Table } from '../shell/table';
import { Say } from '../texts/say';
import { type Subject, Tariffs } from './tariffs';

/** Everything that was ever stated of a value: its days, its document, and since and until when it was believed. */
@Component({
  selector: 'kv-value-history',
  imports: [Failure, Skeleton, Table],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './value-history.html',
})
export class ValueHistory {
  protected readonly tariffs = inject(Tariffs);
  protected readonly say = inject(Say);
  readonly subject = input.required<Subject>();

  protected readonly stated = resource({
    params: () => this.subject(),
    loader: ({ params }) => this.tariffs.history(params),
  });
  protected readonly failure = computed(() => {
    const error = this.stated.error();
    return error ? failureOf(error) : undefined;
  });
}
