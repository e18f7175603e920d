import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { Chip, Dialog, Empty, Icon, Skeleton, Toasts } from '@kvartal/ui';
import { ApiKeysDocument, type WholeKeyFragment } from '../../generated/graphql';
import { Acting } from '../shell/acting';
import { asked } from '../shell/asked';
import { Failure } from '../shell/failure';
import { Staff } from '../shell/staff';
import { Table } from '../shell/table';
import { Say } from '../texts/say';
import { KeySecret } from './key-secret';
import { Keys } from './keys';
import { NewKey } from './new-key';

/** The API keys: who has which right since when, a new one, and taking one back. */
@Component({
  selector: 'kv-key-list',
  imports: [Chip, Dialog, Empty, Failure, Icon, KeySecret, NewKey, Skeleton, Table],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './key-list.html',
})
export class KeyList {
  private readonly keys = inject(Keys);
  private readonly toasts = inject(Toasts);
  protected readonly staff = inject(Staff);
  protected readonly say = inject(Say);

  protected readonly list = asked(
    ApiKeysDocument,
    () => {
      const organizationId = this.staff.organizationId();
      return organizationId ? { organizationId } : undefined;
    },
    () => this.staff.organizationId() ?? '',
  );
  protected readonly isCreating = signal(false);
  protected readonly created = signal<{ name: string; secret: string } | undefined>(undefined);
  protected readonly revoking = signal<WholeKeyFragment | undefined>(undefined);
  protected readonly isAsking = computed(() => this.revoking() !== undefined);
  private readonly acting = new Acting();
  protected readonly isBusy = this.acting.isBusy;
  protected readonly failure = this.acting.failure;

  protected done(created: { name: string; secret: string }): void {
    this.isCreating.set(false);
    this.created.set(created);
    this.list.reload();
  }

  protected revoke({ id, name }: WholeKeyFragment): Promise<void> {
    return this.acting.run(async () => {
      try {
        await this.keys.revoke(id);
      } finally {
        this.revoking.set(undefined);
      }
      this.toasts.show(this.say.text('keys.revoked', { name }));
      this.list.reload();
    });
  }
}
