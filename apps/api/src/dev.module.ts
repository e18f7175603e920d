import { Body, Controller, type DynamicModule, Get, Inject, Module, Post } from '@nestjs/common';
import { Clock, For } from '@kvartal/platform';

/** The movable clock of development and tests. In production these routes do not exist. */
@For('anyone')
@Controller('dev')
class DevController {
  constructor(@Inject(Clock) private readonly clock: Clock) {}

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
}

@Module({})
export class DevModule {
  static where(allowed: boolean): DynamicModule {
    return { module: DevModule, controllers: allowed ? [DevController] : [] };
  }
}
