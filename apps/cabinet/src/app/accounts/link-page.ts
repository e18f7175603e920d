import { Component, computed, inject, signal } from '@angular/core';
import { form, FormField } from '@angular/forms/signals';
import { Router, RouterLink } from '@angular/router';
import { ErrorSummary, Field, FieldInput, Toasts } from '@kvartal/ui';
import { showPhone } from '@kvartal/words';
import { needed } from '../entry/entry-rules';
import { type Outcome, Sending } from '../forms/sending';
import { FailureView } from '../shell/failure-view';
import { Start } from '../start';
import { Say } from '../texts/say';
import { Accounts } from './accounts';
import { BillHint } from './bill-hint';

/** Linking an account by three things that stand on its bill. A wrong one gets one answer, whichever it was. */
@Component({
  selector: 'kv-link-page',
  imports: [RouterLink, FormField, ErrorSummary, Field, FieldInput, FailureView, BillHint],
  templateUrl: './link-page.html',
  styleUrl: './link-page.scss',
})
export class LinkPage {
  private readonly accounts = inject(Accounts);
  private readonly router = inject(Router);
  private readonly toasts = inject(Toasts);
  private readonly start = inject(Start);
  protected readonly say = inject(Say);

  protected readonly organizations = computed(() => this.start.portal()?.organizations ?? []);
  protected readonly contact = computed(() => {
    const organization = this.start.organization();
    return organization ? showPhone(organization.phone) : '';
  });
  protected readonly form = form(
    signal({ organizationId: '', number: '', surname: '', flat: '' }),
    (path) => {
      needed(path.number, () => this.say.text('link.needNumber'));
      needed(path.surname, () => this.say.text('link.needSurname'));
      needed(path.flat, () => this.say.text('link.needFlat'));
    },
  );
  protected readonly sending = new Sending(this.form, () => this.ask());

  protected async send(event?: Event): Promise<void> {
    event?.preventDefault();
    if (!(await this.sending.send())) return;
    this.toasts.show(this.say.text('link.done', { number: this.form.number().value().trim() }));
    await this.router.navigate(['/home']);
  }

  private ask(): Promise<Outcome> {
    const { organizationId, number, surname, flat } = this.form().value();
    return this.accounts.link({ organizationId: organizationId || null, number, surname, flat });
  }
}
