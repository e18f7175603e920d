import { accountShare, type CommonShare, type HouseShare, sharedWeights } from './common-area';
import { isMeasured, type MeasuredService, type Volumes, volumesFor } from './consumption';
import { type FlowingVolume } from './cut-volume';
import { type Quantity, quantityOf } from '../decimal';
import { drained, isWater } from './drain';
import { findMissingNorms } from './missing-norms';
import { chargeByDays, chargeByWeight } from './pro-rata';
import { chargeExcess, chargeFlow, flowQuantity } from './flow-charge';
import { applyFurtherRules, hasFurtherRules } from './rules/further';
import { chargeHeating } from './rules/heating';
import { chargePenalty } from './rules/penalty-line';
import { wholeMonth } from './rules/whole-months';
import { chargeVolumes } from './volume-charge';
import { type AccountService, type AccountSnapshot } from './snapshot';
import { addPart, balance, type LineBeingMade, newLine, type StatementLine } from './statement-line';
import { FORMULAS, type Recorder } from './trace';

/** An account's lines of one month. */
export interface Statement {
  readonly accountId: string;
  readonly lines: readonly StatementLine[];
  /** Services that no tariff covers on some charged day: their charge is not whole, and a closing must not take it. */
  readonly missingTariffs: readonly string[];
  /** Services that are charged by a norm on some day that has none: the same holds of them. */
  readonly missingNorms: readonly string[];
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
  let place = -1;
  for (const given of account.services) {
    place += 1;
    const service = given.terms.wholeMonths ? wholeMonth(account.services, place, account) : given;
    const line = newLine(service);
    const before = lines.at(-1);
    // a service whose terms change within the month comes in parts that make one line
    const isPart = before?.serviceId === line.serviceId && before.supplierId === line.supplierId;
    recorder?.line(service);
    const isCharged = service.from < service.to;
    if (isCharged && !chargeWhole(line, service, context)) (missing ??= []).push(service.terms.serviceId);
    const whole = before && isPart ? addPart(before, line) : line;
    balance(whole);
    recorder?.done(whole);
    if (whole === line) lines.push(line);
  }
  const missingNorms = findMissingNorms(account, volumes);
  return { accountId: account.accountId, lines, missingTariffs: missing ?? NONE_MISSING, missingNorms };
}

interface ChargingContext {
  readonly account: AccountSnapshot;
  readonly volumes: Volumes;
  readonly houseShare: HouseShare;
  readonly recorder: Recorder | undefined;
}

/** Charges a line by its price, and by whatever else concerns it. */
function chargeWhole(line: LineBeingMade, service: AccountService, context: ChargingContext): boolean {
  if (!hasFurtherRules(service, context.account)) return chargeLine(line, service, context);
  return applyFurtherRules(line, service, context, (recorder) =>
    chargeLine(line, service, { ...context, recorder }),
  );
}

/** Fills in what a service costs. Says whether every day that is charged has a tariff. */
function chargeLine(line: LineBeingMade, service: AccountService, context: ChargingContext): boolean {
  const { account, recorder } = context;
  switch (service.method) {
    case 'AREA':
    case 'FIXED':
      return chargeByDays(line, service, account, recorder);
    case 'PERSON_FEE':
      return chargeByWeight(line, service, account, recorder);
    case 'HEATING_NORM':
      return service.terms.heating
        ? chargeHeating(line, service, account, recorder)
        : chargeByWeight(line, service, account, recorder);
    case 'METER':
    case 'NORM_PERSON':
      return isMeasured(service)
        ? chargeMeasured(line, service, context)
        : chargeByWeight(line, service, account, recorder);
    case 'SUM_OF_WATER':
      return chargeWater(line, service, context);
    case 'COMMON_AREA':
    case 'HEATING_HOUSE_METER':
      return chargeCommon(line, service, context);
    case 'PENALTY':
      chargePenalty(line, service, account.period.to, recorder);
      return true;
  }
}

/** A measured service: its volume, wherever that is known from, with the account's share where the line takes it. */
function chargeMeasured(line: LineBeingMade, service: MeasuredService, context: ChargingContext): boolean {
  const volumes = volumesFor(context.volumes, service, context.account);
  const last = volumes.at(-1);
  if (!last) return true;
  line.method = last.basis;
  context.recorder?.formula(FORMULAS[last.basis]);
  context.recorder?.uses(last.resource, last.zone);
  const common = service.terms.takesShare ? takenShare(service, context) : undefined;
  let flowing: readonly FlowingVolume[] = volumes;
  if (common) {
    // what is shared belongs to the days of the part, also where nothing of its own flowed on them
    const { from, to } = service;
    const flow = last.from < last.to ? last : { ...last, from, to, weights: null };
    line.commonQuantity = flowQuantity({ ...flow, quantity: common }, service);
    flowing = [...volumes.slice(0, -1), { ...flow, quantity: quantityOf(last.quantity + common) }];
  }
  const isWhole = chargeFlow(line, flowing, service, context);
  for (const volume of volumes)
    if (volume.raised !== undefined) chargeExcess(line, volume, { raised: volume.raised, service, context });
  return isWhole;
}

/** Drainage: all water that flowed in on its days, cold and hot, whichever way each was found, but what went to the garden. */
function chargeWater(line: LineBeingMade, service: AccountService, context: ChargingContext): boolean {
  const { account, recorder } = context;
  recorder?.formula(FORMULAS.SUM_OF_WATER);
  const shared: FlowingVolume[] = [];
  for (const one of account.services) if (one.terms.takesShare) addShared(shared, one, context);
  return chargeVolumes(line, drained(service, shared, context), service.terms.tariffs, recorder);
}

/** What of the house's water stands in an account's own row: it went down the drain too. */
function addShared(water: FlowingVolume[], service: AccountService, context: ChargingContext): void {
  const { from, to } = service;
  const quantity = isWater(service.terms.resource) ? takenShare(service, context) : undefined;
  if (quantity !== undefined) water.push({ quantity, from, to, weights: null });
}

function takenShare(service: AccountService, context: ChargingContext): Quantity | undefined {
  const share = shareFor(service, context);
  return share && accountShare(share, context.account, service, context.volumes);
}

function shareFor({ terms }: AccountService, { houseShare }: ChargingContext): CommonShare | undefined {
  return houseShare.commons.find((one) => one.terms.serviceId === terms.serviceId);
}

/**
 * The account's share of what the house used in common, or of the heat that its meter counted; a reduction is a charge
 * below zero.
 */
function chargeCommon(line: LineBeingMade, service: AccountService, context: ChargingContext): boolean {
  const { account, recorder } = context;
  const share = shareFor(service, context);
  if (!share) return true;
  const quantity = accountShare(share, account, service, context.volumes);
  if (recorder) recordShare(recorder, share, account);
  const volume = { quantity, from: service.from, to: service.to, weights: null };
  const isWhole = chargeFlow(line, [volume], service, context);
  if (service.method === 'COMMON_AREA') line.commonQuantity = line.quantity;
  return isWhole;
}

function recordShare(recorder: Recorder, share: CommonShare, account: AccountSnapshot): void {
  const { terms } = share;
  recorder.formula(share.basis === 'NORM' ? FORMULAS.COMMON_AREA_BY_NORM : FORMULAS.COMMON_AREA);
  if (terms.houseMeter !== null) recorder.input('HOUSE_METER', terms.houseMeter);
  recorder.input('INDIVIDUAL_TOTAL', share.individual);
  recorder.input('CARRY_IN', terms.carryIn);
  recorder.input('NORM_VOLUME', share.normVolume);
  recorder.input('DISTRIBUTED', share.distributed);
  if (terms.sharedBy) recorder.input('SHARED_WHOLE', terms.sharedBy.whole);
  else recorder.input('TOTAL_AREA', terms.totalArea);
  const name = terms.sharedBy?.kind === 'PEOPLE' ? 'RESIDENTS' : 'AREA';
  for (const fact of sharedWeights(terms, account)) recorder.input(name, fact.value, fact.id, fact);
}
