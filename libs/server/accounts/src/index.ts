export { AccountAccess, type AccountScope } from './account-access';
export { ACCOUNT_LINKED } from './accounts.events';
export { AccountsApi, AccountsModule } from './accounts.module';
export { AccountsService, type AccountRef } from './accounts.service';
export { Account, AccountFacts, Address, StaffAccount } from './accounts.types';
export { type AddressParts, addressLine, houseLine } from './address';
export { House } from './houses.types';
export { OrganizationsQueries } from './organizations.queries';
export { CurrencyEnum, Organization, type Currency } from './organizations.types';
