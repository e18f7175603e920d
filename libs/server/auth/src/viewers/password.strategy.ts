import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
// @ts-expect-error passport-local ships no types
import { Strategy } from 'passport-local';
import { type KnownPerson, PeopleService } from '../people/people.service';
import type { Visitor } from './arrival';

/** What the password strategy is run over: the input of a sign-in, and at which door. */
export interface SignInAttempt {
  body: { login: string; password: string };
  visitor: Visitor;
}

/** Who somebody is: by login (or e-mail) and password. */
@Injectable()
export class PasswordStrategy extends PassportStrategy(Strategy, 'kvartal-password') {
  constructor(private readonly people: PeopleService) {
    super({ usernameField: 'login', passwordField: 'password', passReqToCallback: true });
  }

  async validate({ visitor }: SignInAttempt, login: string, password: string): Promise<KnownPerson | false> {
    return (await this.people.prove(visitor, login, password)) ?? false;
  }
}
