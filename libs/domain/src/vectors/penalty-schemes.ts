import { type PenaltyBand, type PenaltyScheme } from '../penalty-rates';

export type PenaltySchemeName =
  'HOUSING' | 'CAPITAL_REPAIR' | 'LEGAL_1_130' | 'UK_RSO' | 'TSZH_RSO' | 'KZ_CONTRACT';

const band = (fromDay: number, toDay: number | null, denominator: bigint, numerator = 1n): PenaltyBand => ({
  fromDay,
  toDay,
  numerator,
  denominator,
});

/** The schemes as vectors name them. The product reads its own from dated rows, with their documents. */
export const PENALTY_SCHEMES: Readonly<Record<PenaltySchemeName, PenaltyScheme>> = {
  HOUSING: { bands: [band(31, 90, 300n), band(91, null, 130n)] },
  CAPITAL_REPAIR: { bands: [band(31, null, 300n)] },
  LEGAL_1_130: { bands: [band(1, null, 130n)] },
  UK_RSO: {
    bands: [band(1, 60, 300n), band(61, 90, 170n), band(91, null, 130n)],
  },
  TSZH_RSO: { bands: [band(31, 90, 300n), band(91, null, 130n)] },
  KZ_CONTRACT: { bands: [band(1, null, 730n, 3n)], upToPrincipal: true },
};
