import { registerEnumType } from '@nestjs/graphql';
import { enumOf } from '@kvartal/platform';

export const PAYERS = ['PERSON', 'LEGAL'] as const;
export const PenaltyPayerEnum = enumOf(PAYERS);
registerEnumType(PenaltyPayerEnum, {
  name: 'PenaltyPayer',
  description: 'Whose debt it is: a person’s or a legal entity’s.',
});

export const DEBT_GROUPS = ['HOUSING', 'UTILITY', 'CAPITAL_REPAIR', 'OTHER'] as const;
export const DebtGroupEnum = enumOf(DEBT_GROUPS);
registerEnumType(DebtGroupEnum, {
  name: 'DebtGroup',
  description: 'What is owed for. A penalty is no such debt: it bears none itself.',
});

export const ALLOCATION_MODES = ['PROPORTIONAL', 'FIFO', 'PRIORITY'] as const;
export type AllocationMode = (typeof ALLOCATION_MODES)[number];
export const AllocationModeEnum = enumOf(ALLOCATION_MODES);
registerEnumType(AllocationModeEnum, {
  name: 'AllocationMode',
  description:
    'How a payment is split: in proportion to what is owed, the oldest month first, or in the order of the services; penalties are last where there is an order.',
});
