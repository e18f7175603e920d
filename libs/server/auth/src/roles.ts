import { PERMISSIONS, type Permission } from '@kvartal/platform';

export const ROLES = ['OWNER', 'ACCOUNTANT', 'OPERATOR', 'DISPATCHER', 'READER'] as const;
export type Role = (typeof ROLES)[number];

/** What each role of staff may do in its organisation. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  OWNER: PERMISSIONS,
  ACCOUNTANT: [
    'ACCOUNT_READ',
    'ACCOUNT_WRITE',
    'READING_WRITE',
    'PERIOD_CLOSE',
    'PAYMENT_READ',
    'PAYMENT_WRITE',
    'TARIFF_WRITE',
  ],
  OPERATOR: ['ACCOUNT_READ', 'READING_WRITE', 'REQUEST_WORK', 'PAYMENT_READ'],
  DISPATCHER: ['ACCOUNT_READ', 'REQUEST_WORK'],
  READER: ['ACCOUNT_READ', 'PAYMENT_READ'],
};

const isRole = (text: string): text is Role => ROLES.some((role) => role === text);

/** The permissions of a role as it stands in the database; none for a role that is none of ours. */
export const permissionsOf = (role: string): readonly Permission[] =>
  isRole(role) ? ROLE_PERMISSIONS[role] : [];
