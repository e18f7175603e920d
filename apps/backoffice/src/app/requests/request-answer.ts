import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  output,
  signal,
} from '@angular/core';
import { Field, FieldInput } from '@kvartal/ui';
import type { WholeRequestFragment } from '../../generated/graphql';
import { Say, type TextKey } from '../texts/say';
import type { Answer } from './requests';

interface Choice {
  answer: Answer;
  name: TextKey;
  hint: TextKey;
  send: TextKey;
  may: (whole: WholeRequestFragment) => boolean;
}

const CHOICES: readonly Choice[] = [
  {
    answer: 'reply',
    name: 'request.reply',
    hint: 'request.replyWhat',
    send: 'request.doReply',
    may: ({ mayReply }) => mayReply,
  },
  {
    answer: 'ask',
    name: 'request.ask',
    hint: 'request.askWhat',
    send: 'request.doAsk',
    // A question stops the work, so there must be work to stop.
    may: ({ mayReply, request }) => mayReply && (request.state === 'NEW' || request.state === 'IN_WORK'),
  },
  {
    answer: 'finish',
    name: 'request.finish',
    hint: 'request.finishWhat',
    send: 'request.doFinish',
    may: ({ mayFinish }) => mayFinish,
  },
  {
    answer: 'reject',
    name: 'request.reject',
    hint: 'request.rejectWhat',
    send: 'request.doReject',
    may: ({ mayReject }) => mayReject,
  },
];

/** One text to the resident and what it does to the request. What was typed stays until it was sent. */
@Component({
  selector: 'kv-request-answer',
  imports: [Field, FieldInput],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { class: 'sheet', style: 'display: block' },
  template: `<form class="stack" novalidate (submit)="submit($event)">
    <h2>{{ say.text('request.answer') }}</h2>
    <div class="seg wrap" role="group" [attr.aria-label]="say.text('request.answerKind')">
      @for (choice of choices(); track choice.answer) {
        <button type="button" [attr.aria-pressed]="choice === chosen()" (click)="kind.set(choice.answer)">
          {{ say.text(choice.name) }}
        </button>
      }
    </div>
    @if (chosen(); as chosen) {
      <kv-field
        name="text"
        [label]="say.text('request.text')"
        [hint]="say.text(chosen.hint)"
        [error]="error()"
      >
        <textarea #box kvInput maxlength="4000" [value]="text()" (input)="write(box.value)"></textarea>
      </kv-field>
      <button
        type="submit"
        class="btn"
        [class.danger]="chosen.answer === 'reject'"
        [class.pri]="chosen.answer !== 'reject'"
        [attr.aria-disabled]="isBusy() ? 'true' : null"
      >
        {{ say.text(chosen.send) }}
      </button>
    }
  </form>`,
})
export class RequestAnswer {
  protected readonly say = inject(Say);
  readonly whole = input.required<WholeRequestFragment>();
  readonly isBusy = input(false);
  /** How many answers were sent: a new number empties the form. */
  readonly sent = input(0);
  readonly answer = output<{ answer: Answer; text: string }>();

  protected readonly kind = signal<Answer>('reply');
  protected readonly text = signal('');
  protected readonly error = signal('');
  protected readonly choices = computed(() => CHOICES.filter(({ may }) => may(this.whole())));
  protected readonly chosen = computed(
    () => this.choices().find(({ answer }) => answer === this.kind()) ?? this.choices()[0],
  );

  constructor() {
    effect(() => {
      this.sent();
      this.text.set('');
      this.kind.set('reply');
    });
  }

  protected write(text: string): void {
    this.text.set(text);
    if (text.trim()) this.error.set('');
  }

  protected submit(event: Event): void {
    event.preventDefault();
    const [chosen, text] = [this.chosen(), this.text().trim()];
    this.error.set(text ? '' : this.say.text('request.noText'));
    if (chosen && text && !this.isBusy()) this.answer.emit({ answer: chosen.answer, text });
  }
}
