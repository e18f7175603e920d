import { Component, computed, effect, inject, linkedSignal, signal, viewChild } from '@angular/core';
import { form, FormField, validate } from '@angular/forms/signals';
import { Router, RouterLink } from '@angular/router';
import { Banner, ErrorSummary, Field, FieldInput, Toasts } from '@kvartal/ui';
import { ENUM_LABELS, showPhone } from '@kvartal/words';
import type { RequestCategory } from '../../generated/graphql';
import { Accounts } from '../accounts/accounts';
import { needed } from '../entry/entry-rules';
import { type Outcome, Sending } from '../forms/sending';
import { HomeSummary } from '../home/home-summary';
import { FailureView } from '../shell/failure-view';
import { Say } from '../texts/say';
import { FileList } from './file-list';
import { type Created, Requests } from './requests';

const MOST = 4000;
const KEPT = 'kvartal.request';
const isCategory = (text: string): text is RequestCategory => text in ENUM_LABELS.RequestCategory;

/** A new request: what is broken, where to call, photos. What was typed is kept in the browser until it is sent. */
@Component({
  selector: 'kv-new-request-page',
  imports: [RouterLink, FormField, Banner, ErrorSummary, Field, FieldInput, FailureView, FileList],
  templateUrl: './new-request-page.html',
})
export class NewRequestPage {
  private readonly requests = inject(Requests);
  private readonly accounts = inject(Accounts);
  private readonly home = inject(HomeSummary);
  private readonly router = inject(Router);
  private readonly toasts = inject(Toasts);
  protected readonly say = inject(Say);

  protected readonly most = MOST;
  protected readonly categories = Object.keys(ENUM_LABELS.RequestCategory).filter(isCategory);
  protected readonly account = this.accounts.chosen;
  private readonly kept = localStorage.getItem(KEPT) ?? '';
  private readonly model = linkedSignal<string, { category: string; phone: string; text: string }>({
    source: () => this.accounts.person()?.phone ?? '',
    computation: (phone, before) => ({
      category: before?.value.category ?? '',
      text: before?.value.text ?? this.kept,
      phone: before?.value.phone || (phone && showPhone(phone)),
    }),
  });
  protected readonly form = form(this.model, (path) => {
    needed(path.category, () => this.say.text('requests.needCategory'));
    needed(path.phone, () => this.say.text('requests.needPhone'));
    needed(path.text, () => this.say.text('requests.needText'));
    validate(path.phone, ({ value }) => {
      const digits = value().replace(/\D/g, '').length;
      const isPhone = !value().trim() || (/^[\d\s()+.-]+$/.test(value()) && digits >= 5 && digits <= 11);
      return isPhone ? undefined : { kind: 'PHONE_FORM', message: this.say.refusal('PHONE_FORM', []) };
    });
    validate(path.text, ({ value }) => {
      const { length } = value();
      const message = this.say.refusal('TOO_LONG', [
        { name: 'max', value: `${MOST}` },
        { name: 'length', value: `${length}` },
      ]);
      return length <= MOST ? undefined : { kind: 'TOO_LONG', message };
    });
  });
  protected readonly sending = new Sending(this.form, () => this.ask());
  protected readonly created = signal<Created | undefined>(undefined);
  protected readonly isAttaching = signal(false);
  protected readonly length = computed(() => this.form.text().value().length);
  private readonly files = viewChild.required(FileList);
  private readonly clientKey = crypto.randomUUID();

  constructor() {
    effect(() => {
      const text = this.form.text().value();
      if (text && !this.created()) localStorage.setItem(KEPT, text);
      else localStorage.removeItem(KEPT);
    });
  }

  protected async send(event?: Event): Promise<void> {
    event?.preventDefault();
    if (!this.created() && !(await this.sending.send())) return;
    const created = this.created();
    if (!created) return;
    this.home.reload();
    this.isAttaching.set(true);
    const arrived = await this.files().send(created);
    this.isAttaching.set(false);
    if (arrived) await this.open(created);
  }

  protected async open({ id, organizationId, number, dueAt }: Created): Promise<void> {
    this.toasts.show(this.say.text('requests.wasCreated', { number, date: this.say.dateTime(dueAt) }));
    await this.router.navigate(['/requests', id], { queryParams: { o: organizationId } });
  }

  private async ask(): Promise<Outcome> {
    const { category, phone, text } = this.form().value();
    const key = this.accounts.key();
    if (!key || !isCategory(category)) return undefined;
    const input = { ...key, category, phone: phone.trim(), text: text.trim(), clientKey: this.clientKey };
    const { created, refusals } = await this.requests.create(input);
    this.created.set(created);
    return refusals;
  }
}
