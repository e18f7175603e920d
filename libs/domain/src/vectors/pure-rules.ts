import { chargeRules } from './charge.rules';
import { documentRules } from './document.rules';
import { ledgerRules } from './ledger.rules';
import { penaltyRules } from './penalty.rules';
import { recalculationRules } from './recalculation.rules';
import { type VectorRule } from './rule';
import { tariffRules } from './tariff.rules';

/** The rules of the vectors that need nothing but values, by the names that a vectors file calls them. */
export function pureRules(): ReadonlyMap<string, VectorRule> {
  return new Map(
    Object.entries({
      ...chargeRules,
      ...tariffRules,
      ...recalculationRules,
      ...ledgerRules,
      ...penaltyRules,
      ...documentRules,
    }),
  );
}
