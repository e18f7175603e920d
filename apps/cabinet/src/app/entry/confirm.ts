import { Component, inject, input, type OnInit, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { type ApiFailure, failureOf, isRefused } from '@kvartal/api-client';
import { Skeleton } from '@kvartal/ui';
import { FailureView } from '../shell/failure-view';
import { Say } from '../texts/say';
import { Entry } from './entry';

/** Where the link of the registration letter leads: confirms at once, and goes on to sign-in. */
@Component({
  selector: 'kv-confirm',
  imports: [RouterLink, Skeleton, FailureView],
  template: `<h1>{{ say.text('title.confirm') }}</h1>
    @if (failure(); as why) {
      <kv-failure [failure]="why" (again)="ngOnInit()" />
    } @else if (refusal()) {
      <p>{{ refusal() }}</p>
      <a class="btn pri" routerLink="/register">{{ say.text('entry.registerAgain') }}</a>
      <a routerLink="/login">{{ say.text('entry.toSignIn') }}</a>
    } @else {
      <kv-skeleton />
    }`,
  styleUrl: './entry.scss',
})
export class Confirm implements OnInit {
  private readonly entry = inject(Entry);
  private readonly router = inject(Router);
  protected readonly say = inject(Say);
  readonly token = input.required<string>();
  protected readonly failure = signal<ApiFailure | undefined>(undefined);
  protected readonly refusal = signal('');

  async ngOnInit(): Promise<void> {
    this.failure.set(undefined);
    try {
      const result = await this.entry.confirm(this.token());
      if (!isRefused(result)) {
        await this.router.navigate(['/login'], { queryParams: { done: 'confirmed', login: result.login } });
        return;
      }
      const [first] = result.refusals;
      this.refusal.set(first ? this.say.refusal(first.code, first.params) : this.say.text('form.refused'));
    } catch (thrown) {
      this.failure.set(failureOf(thrown));
    }
  }
}
