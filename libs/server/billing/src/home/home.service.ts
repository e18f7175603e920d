import { Inject, Injectable } from '@nestjs/common';
import { type CivilDate, addDays, firstDay, isInWindow, readingWindow, todayIn } from '@kvartal/domain';
import { type IntakeWindow, intakeMonth } from '@kvartal/meters';
import { Clock, NotFound, type Resident, requireIds } from '@kvartal/platform';
import { type Books, BooksKeeper } from '../books';
import { homeStatement } from './home.sql';
import type { Home } from './home.types';
import { type HomeJson, homeView } from './home.view';
import { PreparedReads } from './prepared-reads';

/** How long before its end a verification is worth telling. */
const VERIFICATION_DAYS = 60;
const DEFAULT_WINDOW = { from: 10, to: 25 };

/** The first page: one prepared statement, in which the viewer's link to the account is the way in. */
@Injectable()
export class HomeService {
  constructor(
    @Inject(PreparedReads) private readonly reads: PreparedReads,
    @Inject(BooksKeeper) private readonly books: BooksKeeper,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Everything that the first page shows. Throws NotFound unless the account is linked to the viewer. */
  async of(viewer: Resident, organizationId: string, accountId: string): Promise<Home> {
    requireIds(organizationId, accountId);
    const kept = await this.books.lately(organizationId);
    const now = await this.clock.now();
    const found = await this.ask(viewer, { books: kept, accountId, now });
    if (isCurrent(kept, found.json)) return homeView(found.json, found.frame);
    // a month was closed since the copy of the books was taken
    const fresh = await this.ask(viewer, { books: await this.books.renew(organizationId), accountId, now });
    return homeView(fresh.json, fresh.frame);
  }

  private async ask(
    { userId }: Resident,
    { books, accountId, now }: { books: Books; accountId: string; now: Date },
  ) {
    const today = todayIn(now, books.timeZone);
    const window = windowOn(today, books);
    const { name, text } = homeStatement(books);
    const [found] = await this.reads.rows<{ home: HomeJson }>(name, text, [
      userId,
      books.organizationId,
      accountId,
      books.unclosedPeriodIds,
      today,
      addDays(today, VERIFICATION_DAYS),
      firstDay(window.month),
    ]);
    if (!found) throw new NotFound();
    return { json: found.home, frame: { books, accountId, today, window } };
  }
}

const isCurrent = (books: Books, json: HomeJson): boolean =>
  (books.closed[0]?.closingId ?? null) === json.newestClosingId &&
  (json.openPeriodId === null || books.unclosedPeriodIds.includes(json.openPeriodId));

/** The organisation's setting `readings`: the days on which a month takes them. */
function daysOf(settings: Books['settings']): { fromDay: number; toDay: number } {
  const days = settings['readings'];
  const named = (name: 'from' | 'to'): number => {
    const day: unknown = typeof days === 'object' && days !== null ? Reflect.get(days, name) : undefined;
    return typeof day === 'number' ? day : DEFAULT_WINDOW[name];
  };
  return { fromDay: named('from'), toDay: named('to') };
}

function windowOn(today: CivilDate, books: Books): Pick<IntakeWindow, 'month' | 'from' | 'to' | 'isOpen'> {
  const days = daysOf(books.settings);
  const month = intakeMonth(today, { ...days, afterVerification: 'REJECT' });
  const window = readingWindow(month, days);
  const isCutOff = books.openMonth !== null && month < books.openMonth;
  return { month, ...window, isOpen: isInWindow(window, today) && !isCutOff };
}
