import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Session } from '@kvartal/api-client';
import { Icon, Lamp } from '@kvartal/ui';
import { WindowStrip } from '../readings/window-strip';
import { windowText } from '../readings/window-text';
import { Say } from '../texts/say';
import type { Home } from './home-summary';

/** What waits for the person now, most urgent first; says so when nothing does. */
@Component({
  selector: 'kv-to-do',
  imports: [RouterLink, Icon, Lamp, WindowStrip],
  template: `<section class="sheet" aria-labelledby="todo">
    <h2 id="todo">{{ say.text('home.now') }}</h2>
    <ul>
      @if (window(); as one) {
        @if (one.registers > 0) {
          <li>
            @if (one.isOpen && !isSent()) {
              <kv-lamp />
            } @else {
              <span class="dot" aria-hidden="true"></span>
            }
            <div class="item">
              <h3>{{ say.text(isSent() ? 'home.sent' : 'home.send') }}</h3>
              <kv-window-strip [window]="one" />
              <p class="s muted">
                {{ windowText() }}
                {{
                  one.submitted > 0 && !isSent()
                    ? say.text('home.sentSome', { sent: one.submitted, all: one.registers })
                    : say.text('home.registers', { count: one.registers })
                }}
              </p>
              <a
                class="btn m-wide"
                [class.soft]="one.isOpen && !isSent()"
                [class.sec]="!one.isOpen || isSent()"
                routerLink="/readings"
              >
                <kv-icon name="gauge" />{{
                  say.text(one.isOpen ? (isSent() ? 'home.look' : 'home.send') : 'home.look')
                }}
              </a>
            </div>
          </li>
        }
      }
      @for (meter of home().verifications; track meter.meterId) {
        <li>
          <span class="dot" aria-hidden="true"></span>
          <div class="item">
            <h3>{{ say.text('home.verify', { day: say.day(meter.until) }) }}</h3>
            <p class="s muted">
              {{ say.enum('Resource', meter.resource) }}{{ meter.place ? ', ' + meter.place : ''
              }}{{ meter.serial ? ', № ' + meter.serial : '' }}. {{ say.text('home.verifyWhy') }}
              <a routerLink="/requests/new">{{ say.text('home.verifyOrder') }}</a>
            </p>
          </div>
        </li>
      }
    </ul>
    @if (isQuiet()) {
      <p class="muted">{{ say.text('home.nothing') }}</p>
    }
  </section>`,
  styleUrl: './to-do.scss',
})
export class ToDo {
  private readonly session = inject(Session);
  protected readonly say = inject(Say);
  readonly home = input.required<Home>();

  protected readonly window = computed(() => this.home().window);
  protected readonly isSent = computed(() => this.window().submitted >= this.window().registers);
  protected readonly isQuiet = computed(
    () => this.window().registers === 0 && this.home().verifications.length === 0,
  );
  protected readonly windowText = computed(() => windowText(this.window(), this.session.today(), this.say));
}
