import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  type ElementRef,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { Banner, Icon } from '@kvartal/ui';
import { Say } from '../texts/say';

/** The secret of a new key: shown once, to be copied now. */
@Component({
  selector: 'kv-key-secret',
  imports: [Banner, Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<kv-banner tone="good" icon="key-round">
    <p class="mid">{{ say.text('keys.created', { name: name() }) }}</p>
    <p class="s">{{ say.text('keys.once') }}</p>
    <div class="row wrap secret">
      <input
        #box
        class="inp"
        readonly
        spellcheck="false"
        [value]="secret()"
        [attr.aria-label]="say.text('keys.secret')"
        (focus)="box.select()"
      />
      <button type="button" class="btn sec" (click)="copy(box)">
        <kv-icon [name]="copied() ? 'check' : 'copy'" />{{ say.text(copied() ? 'keys.copied' : 'keys.copy') }}
      </button>
      <button type="button" class="btn quiet" (click)="done.emit()">{{ say.text('keys.kept') }}</button>
    </div>
  </kv-banner>`,
  styles: `
    .secret {
      margin-top: 0.5rem;
    }
    .inp {
      flex: 1 1 18rem;
      width: auto;
      font-family: ui-monospace, monospace;
      background: var(--kv-sheet);
    }
  `,
})
export class KeySecret {
  protected readonly say = inject(Say);
  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');
  readonly name = input.required<string>();
  readonly secret = input.required<string>();
  readonly done = output();
  protected readonly copied = signal(false);

  constructor() {
    afterNextRender(() => this.box().nativeElement.focus());
  }

  /** Where the browser forbids the clipboard, the text is left selected for Ctrl+C. */
  protected async copy(box: HTMLInputElement): Promise<void> {
    box.select();
    await navigator.clipboard.writeText(this.secret()).then(
      () => this.copied.set(true),
      () => this.copied.set(false),
    );
  }
}
