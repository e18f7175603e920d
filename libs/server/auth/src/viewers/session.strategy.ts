import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import Custom from 'passport-custom';
import { cookieOf } from '../sessions/session-cookie';
import type { KnownSession } from '../sessions/sessions.queries';
import { SessionsService } from '../sessions/sessions.service';
import { arrivalOf } from './arrival';

/** Who a browser is: by the cookie of the app that sent the request. */
@Injectable()
export class SessionStrategy extends PassportStrategy(Custom, 'kvartal-session') {
  constructor(private readonly sessions: SessionsService) {
    super();
  }

  async validate(request: Request): Promise<KnownSession | false> {
    const { app } = arrivalOf(request);
    const token = app && cookieOf(request, app);
    return (app && token && (await this.sessions.find(token, app))) || false;
  }
}
