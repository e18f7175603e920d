import { Body, Controller, type DynamicModule, Get, Inject, Module, Param, Post } from '@nestjs/common';
import { AuthModule, Captchas } from '@kvartal/auth';
import { Clock, For } from '@kvartal/platform';

/** The movable clock of development and tests, and the eyes of a test before a captcha. In production none of it exists. */
@For('anyone')
@Controller('dev')
class DevController {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Captchas) private readonly captchas: Captchas,
  ) {}

  @Get('clock')
  async read(): Promise<{ now: string }> {
    return { now: (await this.clock.now()).toISOString() };
  }

  /** `{"now": "2026-10-20T12:00:00+03:00"}` moves it, `{"now": null}` sets it right. */
  @Post('clock')
  async move(@Body() { now }: { now: string | null }): Promise<{ now: string }> {
    await this.clock.moveTo(now === null ? null : new Date(now));
    return this.read();
  }

  /** What stands on a picture; null where there is none, or where it is used up. */
  @Get('captcha/:id')
  async captcha(@Param('id') id: string): Promise<{ text: string | null }> {
    return { text: (await this.captchas.read(id)) ?? null };
  }
}

@Module({})
export class DevModule {
  static where(allowed: boolean): DynamicModule {
    return allowed
      ? { module: DevModule, imports: [AuthModule], controllers: [DevController] }
      : { module: DevModule };
  }
}
