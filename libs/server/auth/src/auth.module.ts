import { BullModule } from '@nestjs/bull';
import { Module } from '@nestjs/common';
import { AUTH_QUEUE, Purge, PurgeJob } from './auth.jobs';
import { Attempts } from './entry/attempts';
import { Captchas } from './entry/captchas';
import { Confirmations } from './entry/confirmations';
import { EntryGuard } from './entry/entry-guard';
import { EntryResolver } from './entry/entry.resolver';
import { RecoveryService } from './entry/recovery.service';
import { RegistrationService } from './entry/registration.service';
import { SignInResolver } from './entry/sign-in.resolver';
import { SignInService } from './entry/sign-in.service';
import { KeysBackofficeResolver } from './keys/keys.resolver';
import { KeysService } from './keys/keys.service';
import { Passwords } from './passwords';
import { MeResolver } from './people/me.resolver';
import { PeopleService } from './people/people.service';
import { ViewerResolver } from './people/viewer.resolver';
import { ViewerService } from './people/viewer.service';
import { PortalResolver } from './portals/portal.resolver';
import { Portals } from './portals/portals';
import { Remembered } from './remembered';
import { SessionsService } from './sessions/sessions.service';
import { KeyStrategy } from './viewers/key.strategy';
import { PasswordStrategy } from './viewers/password.strategy';
import { SessionStrategy } from './viewers/session.strategy';
import { Viewers } from './viewers/viewers.service';

const services = [
  Attempts,
  Captchas,
  Confirmations,
  EntryGuard,
  KeysService,
  Passwords,
  PeopleService,
  Portals,
  Purge,
  RecoveryService,
  RegistrationService,
  Remembered,
  SessionsService,
  SignInService,
  ViewerService,
];

/** What auth can do. */
@Module({ providers: services, exports: services })
export class AuthModule {}

/** Who asks, and how one comes in. */
@Module({
  imports: [AuthModule],
  providers: [
    EntryResolver,
    KeysBackofficeResolver,
    MeResolver,
    PortalResolver,
    SignInResolver,
    ViewerResolver,
    KeyStrategy,
    PasswordStrategy,
    SessionStrategy,
    Viewers,
  ],
  exports: [AuthModule, Viewers],
})
export class AuthApi {}

/** What happens by itself. */
@Module({ imports: [AuthModule, BullModule.registerQueue({ name: AUTH_QUEUE })], providers: [PurgeJob] })
export class AuthWorker {}
