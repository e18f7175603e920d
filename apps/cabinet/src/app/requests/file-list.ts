import { Component, computed, inject, model, signal } from '@angular/core';
import { type ApiFailure, failureOf, type RefusalData } from '@kvartal/api-client';
import { Icon, Progress } from '@kvartal/ui';
import { Say } from '../texts/say';
import { ACCEPTED, fileRefusal } from './chosen-files';
import { type RequestKey, Requests } from './requests';

interface Chosen {
  file: File;
  /** 0…1 while it is on its way. */
  share?: number;
  isSent?: boolean;
  refusals: readonly RefusalData[];
  failure?: ApiFailure;
}

/** Files that go with a request: chosen first, sent after the request exists, each with its own progress. */
@Component({
  selector: 'kv-file-list',
  imports: [Icon, Progress],
  template: `<span class="lbl" id="files-label">
      {{ say.text('files.label') }} <span class="muted">({{ say.text('form.optional') }})</span>
    </span>
    <ul>
      @for (one of files(); track one.file) {
        <li>
          <kv-icon name="paperclip" />
          <span class="grow">
            {{ one.file.name }} <span class="muted nw">{{ say.fileSize(one.file.size) }}</span>
            @if (one.share !== undefined && !one.isSent) {
              <kv-progress [label]="one.file.name" [value]="percent(one.share)" [max]="100" />
            }
            @for (refusal of one.refusals; track $index) {
              <span class="err">{{ say.refusal(refusal.code, refusal.params) }}</span>
            }
            @if (one.failure) {
              <span class="err">{{ say.text('files.failed') }}</span>
            }
          </span>
          @if (one.isSent) {
            <kv-icon class="good" name="check" [label]="say.text('files.sent')" />
          } @else if (one.share === undefined) {
            <button
              type="button"
              class="icb"
              [attr.aria-label]="say.text('files.remove', { name: one.file.name })"
              (click)="drop(one)"
            >
              <kv-icon name="x" />
            </button>
          }
        </li>
      }
    </ul>
    <label class="btn sec sm">
      <kv-icon name="paperclip" />{{ say.text('files.add') }}
      <input
        class="vh"
        type="file"
        multiple
        aria-describedby="files-hint"
        [accept]="accepted"
        (change)="add($event)"
      />
    </label>
    <span class="hint" id="files-hint">{{ say.text('files.hint') }}</span>
    @for (refusal of turnedAway(); track $index) {
      <p class="err"><kv-icon name="circle-alert" />{{ say.refusal(refusal.code, refusal.params) }}</p>
    }`,
  styles: `
    li {
      display: flex;
      gap: var(--kv-3);
      align-items: center;
      padding: var(--kv-2) 0;
      font-size: var(--kv-t-s);
    }
    .btn:focus-within {
      outline: 2px solid var(--kv-ink);
      outline-offset: 2px;
    }
  `,
})
export class FileList {
  private readonly requests = inject(Requests);
  protected readonly say = inject(Say);
  readonly files = model<readonly Chosen[]>([]);
  protected readonly turnedAway = signal<readonly RefusalData[]>([]);
  protected readonly accepted = ACCEPTED;
  /** Chosen and not sent yet. */
  readonly waiting = computed(() => this.files().filter(({ isSent }) => !isSent));

  /** Sends what is not sent yet. True when every file arrived. */
  async send(key: RequestKey): Promise<boolean> {
    for (const { file } of this.waiting()) await this.sendOne(key, file);
    return this.waiting().length === 0;
  }

  protected percent(share: number): number {
    return Math.round(share * 100);
  }

  protected add({ target }: Event): void {
    if (!(target instanceof HTMLInputElement)) return;
    const turnedAway: RefusalData[] = [];
    for (const file of target.files ?? []) {
      const refusal = fileRefusal(file, this.files().length);
      if (refusal) turnedAway.push(refusal);
      else this.files.update((files) => [...files, { file, refusals: [] }]);
    }
    this.turnedAway.set(turnedAway);
    target.value = '';
  }

  protected drop(one: Chosen): void {
    this.files.update((files) => files.filter((other) => other !== one));
    this.turnedAway.set([]);
  }

  private async sendOne(key: RequestKey, file: File): Promise<void> {
    this.change(file, { share: 0, refusals: [], failure: undefined });
    try {
      const { ok, refusals } = await this.requests.attach(key, file, (share) => this.change(file, { share }));
      this.change(file, { isSent: ok, refusals, share: undefined });
    } catch (thrown) {
      this.change(file, { failure: failureOf(thrown), share: undefined });
    }
  }

  private change(file: File, what: Partial<Chosen>): void {
    this.files.update((files) => files.map((one) => (one.file === file ? { ...one, ...what } : one)));
  }
}
