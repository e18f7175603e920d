import { quantityOf } from '../decimal';
import { type CommonShare } from './common-area';
import { isMeasured, type Volumes, volumesFor } from './consumption';
import { cutVolume } from './cut-volume';
import { isUncovered, onlyFact } from './dated';
import { areasOf } from './pro-rata';
import { heatedMonths } from './rules/heating';
import { peopleCharged } from './rules/people-charged';
import { type AccountService, type AccountSnapshot, type Dated, type DaySpan } from './snapshot';

const NONE: readonly string[] = [];
const NO_VOLUMES: Volumes = [];
const UNIT = quantityOf(1_000_000n);

/**
 * Services that are charged by a norm on some day that has none: what was left of their charge would be too little, or
 * nothing, and a closing must not take it.
 */
export function findMissingNorms(account: AccountSnapshot, volumes: Volumes): readonly string[] {
  let missing: string[] | undefined;
  // nearly always none does, and then nobody's own volumes have to be looked for
  const lacking = volumes.some((one) => one.lacksNorm) ? volumes : NO_VOLUMES;
  for (const service of account.services)
    if (
      service.from < service.to &&
      (lacksNorm(service, account, lacking) || lacksHeat(service, account, volumes))
    )
      (missing ??= []).push(service.terms.serviceId);
  return missing ?? NONE;
}

function lacksNorm(service: AccountService, account: AccountSnapshot, volumes: Volumes): boolean {
  const { method, terms } = service;
  if (method === 'HEATING_NORM') {
    const areas = areasOf(service, account);
    return isUncovered(terms.norms, service, areas, (day) => heatedMonths(terms.heating, day) !== 0n);
  }
  if (method !== 'METER' && method !== 'NORM_PERSON') return false;
  if (isMeasured(service))
    return volumes.length > 0 && volumesFor(volumes, service, account).some((one) => one.lacksNorm);
  return isUncovered(terms.norms, service, peopleCharged(account, terms));
}

/** Whether hot water flowed on days of which the heat in it is not known; days before the first norm take the first. */
function lacksHeat(service: AccountService, account: AccountSnapshot, volumes: Volumes): boolean {
  const { method, from, to } = service;
  const { heatNorms } = service.terms;
  if (!heatNorms || onlyFact(heatNorms, from, to)) return false;
  if (isMeasured(service) && (method === 'METER' || method === 'NORM_PERSON'))
    return volumesFor(volumes, service, account).some((one) => one.quantity !== 0n && isCut(one, heatNorms));
  return isCut({ from, to }, heatNorms);
}

const isCut = ({ from, to }: DaySpan, norms: readonly Dated<bigint>[]): boolean =>
  cutVolume({ from, to, quantity: UNIT, weights: null }, norms).some(({ fact }) => fact === undefined);

/**
 * What is missing of what a house shares by its norm or up to it: the norm, or the common area that it is for. Nothing
 * would be shared then, whatever the house used.
 */
export function lacksForShare({ terms, basis, houseVolume }: CommonShare): 'NORM' | 'AREA' | undefined {
  const isByNorm = basis === 'NORM' || (basis === 'METER' && terms.capByNorm && houseVolume > 0n);
  if (!isByNorm) return undefined;
  if (terms.norm === null) return 'NORM';
  return terms.commonArea === 0n ? 'AREA' : undefined;
}
