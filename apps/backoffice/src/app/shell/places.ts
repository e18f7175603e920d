import type { IconName } from '@kvartal/ui';
import type { Permission } from '../../generated/graphql';
import type { TextKey } from '../texts/say';

/** A place of the menu, for those who may work there. */
export interface Place {
  link: string;
  icon: IconName;
  name: TextKey;
  needs?: Permission;
  /** A rule above it in the menu. */
  starts?: boolean;
}

export const PLACES: readonly Place[] = [
  { link: '/', icon: 'layers', name: 'title.desk' },
  { link: '/requests', icon: 'square-kanban', name: 'title.requests', needs: 'REQUEST_WORK' },
  { link: '/accounts', icon: 'users', name: 'title.accounts', needs: 'ACCOUNT_READ' },
  { link: '/houses', icon: 'building-2', name: 'title.houses', needs: 'ACCOUNT_READ' },
  { link: '/periods', icon: 'calendar', name: 'title.periods', needs: 'PERIOD_CLOSE', starts: true },
  { link: '/tariffs', icon: 'calculator', name: 'title.tariffs', needs: 'ACCOUNT_READ' },
  { link: '/payments', icon: 'banknote', name: 'title.payments', needs: 'PAYMENT_READ' },
  { link: '/api', icon: 'key-round', name: 'title.keys', needs: 'KEY_MANAGE', starts: true },
];
