import { Component, computed, DestroyRef, inject, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { type ApiFailure, failureOf } from '@kvartal/api-client';
import { Banner } from '@kvartal/ui';
import { FailureView } from '../shell/failure-view';
import { Say } from '../texts/say';
import { Entry } from './entry';

const WAIT_SECONDS = 60;

/** What registration passed on by the browser's history, so that no address of a person stands in the URL. */
function passedOn(state: unknown): { email?: string; login?: string; expiresAt?: string } {
  if (!state || typeof state !== 'object') return {};
  const read = (key: string) =>
    Object.entries(state).find(([name, value]) => name === key && typeof value === 'string')?.[1];
  return { email: read('email'), login: read('login'), expiresAt: read('expiresAt') };
}

/** A letter is on its way: where to, what to do, and what if it does not come. */
@Component({
  selector: 'kv-letter-sent',
  imports: [RouterLink, Banner, FailureView],
  template: `<div class="head">
      <h1>{{ say.text('sent.title') }}</h1>
      @if (passed.email; as email) {
        <p>{{ say.text('sent.to', { email }) }}</p>
      }
      @if (passed.expiresAt; as until) {
        <p class="muted">{{ say.text('sent.until', { until: say.dateTime(until) }) }}</p>
      }
    </div>
    @if (isAgain()) {
      <kv-banner tone="good"
        ><p>{{ say.text('sent.again') }}</p></kv-banner
      >
    }
    @if (failure(); as why) {
      <kv-failure [failure]="why" (again)="resend()" />
    }
    <section class="stack">
      <h2>{{ say.text('sent.missing') }}</h2>
      <ul class="tips">
        <li>{{ say.text('sent.spam') }}</li>
        <li>
          {{ say.text('sent.check') }} <a routerLink="/register">{{ say.text('sent.anew') }}</a>
        </li>
      </ul>
      @if (passed.login) {
        <button
          type="button"
          class="btn sec"
          aria-describedby="resend-wait"
          [attr.aria-disabled]="left() > 0 ? 'true' : null"
          (click)="resend()"
        >
          {{ say.text('sent.resend') }}
        </button>
        <p id="resend-wait" class="s muted">
          {{ left() > 0 ? say.text('sent.wait', { count: left() }) : '' }}
        </p>
      }
    </section>
    <p>
      <a routerLink="/login">{{ say.text('entry.toSignIn') }}</a>
    </p>`,
  styleUrl: './entry.scss',
  styles: `
    .tips {
      list-style: disc;
      padding-left: 1.25rem;
    }
  `,
})
export class LetterSent {
  private readonly entry = inject(Entry);
  protected readonly say = inject(Say);
  protected readonly passed = passedOn(inject(Router).currentNavigation()?.extras.state ?? history.state);
  protected readonly isAgain = signal(false);
  protected readonly failure = signal<ApiFailure | undefined>(undefined);

  private readonly ticks = signal(0);
  private readonly sentAt = signal(this.passed.email ? 0 : -WAIT_SECONDS);
  protected readonly left = computed(() => Math.max(0, WAIT_SECONDS - (this.ticks() - this.sentAt())));

  constructor() {
    const timer = setInterval(() => this.ticks.update((second) => second + 1), 1000);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }

  protected async resend(): Promise<void> {
    const { login } = this.passed;
    if (!login || this.left() > 0) return;
    this.failure.set(undefined);
    try {
      await this.entry.resend(login);
      this.isAgain.set(true);
      this.sentAt.set(this.ticks());
    } catch (thrown) {
      this.failure.set(failureOf(thrown));
    }
  }
}
