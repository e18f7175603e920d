import { All, Controller, HttpCode, HttpException, HttpStatus, Inject, Req } from '@nestjs/common';
import type { Request } from 'express';
import { For } from '@kvartal/platform';
import { Notices } from './notices.service';
import { ProviderUnavailable } from './providers/provider';

const STATUS = { FORGED: HttpStatus.FORBIDDEN, UNKNOWN_ORDER: HttpStatus.NOT_FOUND } as const;

/** Where the bank tells us about orders, by GET or POST. Anything but 200 makes it tell us again. */
@For('anyone')
@Controller('pay/sberbank')
export class SberbankController {
  constructor(@Inject(Notices) private readonly notices: Notices) {}

  @All('callback')
  @HttpCode(HttpStatus.OK)
  async callback(@Req() request: Request): Promise<string> {
    const given: Record<string, unknown> = { ...request.query, ...Object(request.body) };
    const notice = Object.fromEntries(
      Object.entries(given).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
    );
    const verdict = await this.notices.take(notice).catch((failure: unknown) => {
      if (failure instanceof ProviderUnavailable)
        throw new HttpException('ASK_AGAIN', HttpStatus.SERVICE_UNAVAILABLE);
      throw failure;
    });
    if (verdict === 'FORGED' || verdict === 'UNKNOWN_ORDER')
      throw new HttpException(verdict, STATUS[verdict]);
    return 'OK';
  }
}
