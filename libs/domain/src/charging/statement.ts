import { accountShare, type CommonShare, type HouseShare } from './common-area';
import { findVolume, isMeasured, type MeasuredService, type Volume, type Volumes } from './consumption';
import { chargeByDays, chargeByWeight } from './pro-rata';
import { chargeVolume, chargeVolumes } from './volume-charge';
import { type AccountService, type AccountSnapshot } from './snapshot';
import { addPart, balance, type LineBeingMade, newLine, type StatementLine } from './statement-line';
import { FORMULAS, type Recorder } from './trace';

/** An account's lines of one month. */
export interface Statement {
  readonly accountId: string;
  readonly lines: readonly StatementLine[];
  /** Services that no tariff covers on some charged day: their charge is not whole, and a closing must not take it. */
  readonly missingTariffs: readonly string[];
}

const NONE_MISSING: readonly string[] = [];
/**
 * Charges an account's month and draws its balances: one line a service and supplier, in the order given. The same
 * function closes the month, previews a charge, answers "what if" and, with a recorder, explains.
 */
export function calculateStatement(
  account: AccountSnapshot,
  volumes: Volumes,
  houseShare: HouseShare,
  recorder?: Recorder,
): Statement {
  const lines: LineBeingMade[] = [];
  let missing: string[] | undefined;
  const context: ChargingContext = { account, volumes, houseShare, recorder };
  for (const service of account.services) {
    const line = newLine(service);
    const before = lines.at(-1);
    // a service whose terms change within the month comes in parts that make one line
    const isPart = before?.serviceId === line.serviceId && before.supplierId === line.supplierId;
    recorder?.line(service);
    const isCharged = service.from < service.to && !(isPart && isByVolume(service));
    if (isCharged && !chargeLine(line, service, context)) (missing ??= []).push(service.terms.serviceId);
    const whole = before && isPart ? addPart(before, line) : line;
    balance(whole);
    recorder?.done(whole);
    if (whole === line) lines.push(line);
  }
  return { accountId: account.accountId, lines, missingTariffs: missing ?? NONE_MISSING };
}

/** Whether a service is charged for the month's volume, which its first part has taken whole. */
function isByVolume({ method, terms }: AccountService): boolean {
  return (
    method === 'METER' || method === 'SUM_OF_WATER' || (method === 'NORM_PERSON' && terms.resource !== null)
  );
}

interface ChargingContext {
  readonly account: AccountSnapshot;
  readonly volumes: Volumes;
  readonly houseShare: HouseShare;
  readonly recorder: Recorder | undefined;
}

/** Fills in what a service costs. Says whether every day that is charged has a tariff. */
function chargeLine(line: LineBeingMade, service: AccountService, context: ChargingContext): boolean {
  const { account, recorder } = context;
  switch (service.method) {
    case 'AREA':
    case 'FIXED':
      return chargeByDays(line, service, account, recorder);
    case 'PERSON_FEE':
    case 'HEATING_NORM':
      return chargeByWeight(line, service, account, recorder);
    case 'METER':
    case 'NORM_PERSON':
      return isMeasured(service)
        ? chargeMeasured(line, service, context)
        : chargeByWeight(line, service, account, recorder);
    case 'SUM_OF_WATER':
      return chargeWater(line, service, context);
    case 'COMMON_AREA':
      return chargeCommon(line, service, context);
    case 'PENALTY':
      return true;
  }
}

/** A measured service: its volume, wherever that is known from. */
function chargeMeasured(line: LineBeingMade, service: MeasuredService, context: ChargingContext): boolean {
  const { resource, zone } = service.terms;
  const volume = findVolume(context.volumes, resource, zone);
  if (!volume) return true;
  line.method = volume.basis;
  context.recorder?.formula(FORMULAS[volume.basis]);
  context.recorder?.uses(resource, zone);
  return chargeVolume(line, volume, service.terms.tariffs, context.recorder);
}

/** Drainage: all water that flowed in, cold and hot, whichever way each was found. */
function chargeWater(line: LineBeingMade, service: AccountService, context: ChargingContext): boolean {
  const water = context.volumes.filter(isWater);
  if (context.recorder) {
    context.recorder.formula(FORMULAS.SUM_OF_WATER);
    for (const { resource, zone } of water) context.recorder.uses(resource, zone);
  }
  return chargeVolumes(line, water, service.terms.tariffs, context.recorder);
}

/** The account's share of what the house used in common; a reduction is a charge below zero. */
function chargeCommon(line: LineBeingMade, service: AccountService, context: ChargingContext): boolean {
  const share = context.houseShare.commons.find((one) => one.terms.serviceId === service.terms.serviceId);
  if (!share) return true;
  const quantity = accountShare(share, context.account, service, context.volumes);
  line.commonQuantity = quantity;
  if (context.recorder) recordShare(context.recorder, share, context.account);
  const volume = { quantity, from: service.from, to: service.to, weights: null };
  return chargeVolume(line, volume, service.terms.tariffs, context.recorder);
}

function recordShare(recorder: Recorder, share: CommonShare, account: AccountSnapshot): void {
  const { terms } = share;
  recorder.formula(share.basis === 'METER' ? FORMULAS.COMMON_AREA : FORMULAS.COMMON_AREA_BY_NORM);
  if (terms.houseMeter !== null) recorder.input('HOUSE_METER', terms.houseMeter);
  recorder.input('INDIVIDUAL_TOTAL', share.individual);
  recorder.input('CARRY_IN', terms.carryIn);
  recorder.input('NORM_VOLUME', share.normVolume);
  recorder.input('DISTRIBUTED', share.distributed);
  recorder.input('TOTAL_AREA', terms.totalArea);
  for (const fact of account.areas) recorder.input('AREA', fact.value, fact.id);
}

function isWater(volume: Volume): boolean {
  return volume.resource === 'COLD_WATER' || volume.resource === 'HOT_WATER';
}
