import { Module } from '@nestjs/common';
import { AccountAccess } from './account-access';
import { AccountsBackofficeResolver } from './accounts.backoffice.resolver';
import { AccountsCabinetResolver } from './accounts.cabinet.resolver';
import { AccountsQueries } from './accounts.queries';
import { AccountsService } from './accounts.service';
import { HousesQueries } from './houses.queries';
import { LinksService } from './links.service';
import { MembershipFields, PortalFields } from './organizations.fields';
import { OrganizationsQueries } from './organizations.queries';

const services = [
  AccountAccess,
  AccountsQueries,
  AccountsService,
  HousesQueries,
  LinksService,
  OrganizationsQueries,
];

/** What accounts can do. */
@Module({ providers: services, exports: services })
export class AccountsModule {}

/** How one may ask for it. */
@Module({
  imports: [AccountsModule],
  providers: [AccountsCabinetResolver, AccountsBackofficeResolver, PortalFields, MembershipFields],
})
export class AccountsApi {}
