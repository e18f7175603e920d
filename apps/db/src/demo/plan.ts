import { type CivilDate, civilDate } from '@kvartal/domain';
import type { DemoOrganization } from './catalogue';
import { type PersonName, firmName, personName } from './names';
import type { Random } from './random';

/** A register of a planned meter: where it begins, and what a month usually takes, in thousandths of the unit. */
export interface PlannedRegister {
  zone: 'SINGLE' | 'DAY' | 'NIGHT';
  start: number;
  usual: number;
}
export interface PlannedMeter {
  resource: 'COLD_WATER' | 'HOT_WATER' | 'ELECTRICITY';
  serial: string | null;
  place: string;
  digits: number;
  decimals: number;
  /** The last day of its verification. */
  verifiedUntil: CivilDate;
  verifiedOn: CivilDate;
  registers: readonly PlannedRegister[];
}
export interface PlannedAccount {
  number: string;
  kind: 'PERSON' | 'LEGAL';
  flat: string;
  holder: PersonName | { company: string; taxId: string };
  phone: string | null;
  entrance: number;
  floor: number;
  rooms: number;
  /** Square metres in hundredths. */
  totalArea: number;
  livingArea: number;
  residents: number;
  meters: readonly PlannedMeter[];
  /** How this household pays: in full, in part, or hardly ever. */
  pays: 'FULL' | 'PART' | 'LATE' | 'RARELY';
}
export interface PlannedHouse {
  street: string;
  number: string;
  floors: number;
  entrances: number;
  builtIn: number;
  commonArea: number;
  accounts: readonly PlannedAccount[];
}

export const FLATS_IN_A_HOUSE = 75;

interface Sites {
  organization: DemoOrganization;
  random: Random;
  /** Today of the demo town. */
  today: CivilDate;
}

const KITCHEN = 'кухня';
const BATHROOM = 'ванная';

/** Houses for so many accounts, one after another: a hundred thousand of them never stand in memory at once. */
export function* planHouses(sites: Sites, accounts: number): Generator<PlannedHouse> {
  let planned = 0;
  for (let at = 0; planned < accounts; at += 1) {
    const flats = Math.min(FLATS_IN_A_HOUSE, accounts - planned);
    yield planHouse(sites, at, planned, flats);
    planned += flats;
  }
}

function planHouse(sites: Sites, at: number, before: number, flats: number): PlannedHouse {
  const { organization, random } = sites;
  const floors = random.pick([5, 9, 9, 10, 16]);
  const entrances = Math.max(1, Math.ceil(flats / (floors * 4)));
  const accounts: PlannedAccount[] = [];
  for (let flat = 1; flat <= flats; flat += 1) {
    const firm = flat > 3 && flat > flats - Math.max(1, Math.round(flats / 25));
    accounts.push(
      planAccount(sites, {
        number: accountNumber(organization, before + flat),
        flat,
        perFloor: 4,
        floors,
        firm,
      }),
    );
  }
  shareFirm(accounts);
  const streets = organization.streets;
  return {
    street: streets[at % streets.length] ?? streets[0],
    number: String(2 + 2 * Math.floor(at / streets.length) + (at % streets.length) * 6),
    floors,
    entrances,
    builtIn: 1962 + random.between(0, 58),
    commonArea: flats * random.between(900, 1400),
    accounts,
  };
}

/** One company of a house holds two of its premises, and pays for both. */
function shareFirm(accounts: PlannedAccount[]): void {
  const [first, second] = accounts.filter(({ kind }) => kind === 'LEGAL');
  if (first && second) accounts[accounts.indexOf(second)] = { ...second, holder: first.holder };
}

const accountNumber = ({ accountPrefix }: DemoOrganization, ordinal: number): string =>
  `${accountPrefix}${String(ordinal).padStart(6, '0')}`;

interface Place {
  number: string;
  flat: number;
  perFloor: number;
  floors: number;
  firm: boolean;
}

function planAccount(sites: Sites, place: Place): PlannedAccount {
  const { organization, random } = sites;
  const rooms = place.firm ? 0 : random.pick([1, 1, 2, 2, 2, 3, 3, 4]);
  const totalArea = place.firm ? random.between(4000, 24000) : 1500 + rooms * 1700 + random.between(0, 900);
  const residents = place.firm ? 0 : Math.max(1, Math.min(6, rooms + random.between(-1, 2)));
  const perEntrance = place.perFloor * place.floors;
  return {
    number: place.number,
    kind: place.firm ? 'LEGAL' : 'PERSON',
    flat: place.firm ? `Н-${place.flat}` : String(place.flat),
    holder: place.firm
      ? {
          company: firmName(random, organization.country),
          taxId: organization.country === 'RU' ? '7707083893' : '971240001315',
        }
      : personName(random, organization.country),
    phone: random.chance(70)
      ? `+7${random.between(900, 989)}${String(random.between(0, 9_999_999)).padStart(7, '0')}`
      : null,
    entrance: Math.ceil(place.flat / perEntrance),
    floor: ((Math.ceil(place.flat / place.perFloor) - 1) % place.floors) + 1,
    rooms,
    totalArea,
    livingArea: Math.round(totalArea * 0.62),
    residents,
    meters: planMeters(sites, residents || 3, place.flat),
    pays: random.pick(['FULL', 'FULL', 'FULL', 'FULL', 'FULL', 'FULL', 'PART', 'LATE', 'LATE', 'RARELY']),
  };
}

function planMeters(sites: Sites, people: number, flat: number): PlannedMeter[] {
  const { organization, random } = sites;
  const water = flat <= 3 || random.chance(82);
  const two = random.chance(35);
  const meters: PlannedMeter[] = [];
  if (water) {
    meters.push(
      waterMeter(sites, 'COLD_WATER', two ? KITCHEN : 'санузел', people * random.between(1600, 3200)),
    );
    if (two) meters.push(waterMeter(sites, 'COLD_WATER', BATHROOM, people * random.between(800, 1600)));
  }
  if (organization.country === 'KZ') return meters;
  if (water)
    meters.push(
      waterMeter(sites, 'HOT_WATER', two ? BATHROOM : 'санузел', people * random.between(1200, 2400)),
    );
  const kilowattHours = 40_000 + people * random.between(30_000, 65_000);
  const zones: PlannedRegister[] =
    flat <= 3 || random.chance(40)
      ? [
          register(random, 'DAY', Math.round(kilowattHours * 0.72)),
          register(random, 'NIGHT', Math.round(kilowattHours * 0.28)),
        ]
      : [register(random, 'SINGLE', kilowattHours)];
  meters.push({
    ...device(sites, 'щиток', 16),
    resource: 'ELECTRICITY',
    digits: 6,
    decimals: 0,
    registers: zones,
  });
  return meters;
}

function waterMeter(
  sites: Sites,
  resource: 'COLD_WATER' | 'HOT_WATER',
  place: string,
  usual: number,
): PlannedMeter {
  return {
    ...device(sites, place, resource === 'HOT_WATER' ? 4 : 6),
    resource,
    digits: 5,
    decimals: 3,
    registers: [register(sites.random, 'SINGLE', usual)],
  };
}

const register = (random: Random, zone: PlannedRegister['zone'], usual: number): PlannedRegister => ({
  zone,
  start: usual * random.between(8, 40),
  usual,
});

/** Serial and verification; a few have no serial, a few are about to expire or have expired, as in any town. */
function device(
  { random, today }: Sites,
  place: string,
  interval: number,
): Pick<PlannedMeter, 'serial' | 'place' | 'verifiedOn' | 'verifiedUntil'> {
  const year = Number(today.slice(0, 4));
  const left = random.chance(3) ? 0 : random.between(1, interval - 1);
  const monthAndDay =
    left === 0
      ? random.pick(['-02-11', '-05-30', '-09-14'])
      : random.pick(['-03-01', '-06-15', '-10-05', '-12-20']);
  return {
    place,
    serial: random.chance(1) ? null : String(random.between(1_000_000, 99_999_999)),
    verifiedUntil: dated(year + left, monthAndDay),
    verifiedOn: dated(year + left - interval, monthAndDay),
  };
}

const dated = (year: number, monthAndDay: string): CivilDate => civilDate(`${year}${monthAndDay}`);
