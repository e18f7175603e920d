import type pg from 'pg';
import { civilDate, normaliseSurname } from '@kvartal/domain';
import type { DemoOrganization } from './catalogue';
import { TableWriter, TableWriters } from './copy';
import type { PlannedAccount, PlannedHouse, PlannedMeter } from './plan';

/** What the history needs to know of a register that was written. */
export interface WrittenRegister {
  id: number;
  houseId: number;
  accountId: number | null;
  usual: number;
  value: number;
  decimals: number;
  resource: PlannedMeter['resource'];
}

/** What the history needs to know of an account that was written. */
export interface WrittenAccount {
  id: number;
  number: string;
  pays: PlannedAccount['pays'];
  flat: string;
  surname: string;
  houseId: number;
}

/** An organisation of the demo town as it was written. */
export interface WrittenOrganization {
  id: string;
  plan: DemoOrganization;
  suppliers: ReadonlyMap<string, string>;
  services: ReadonlyMap<string, string>;
}

/** Groups of tariffs: whom a price is for. */
const EVERYBODY = 1;
export const FIRMS = 2;

export const SINCE = '[2023-01-01,)';
/** Every fact of the demo was known before the first month of its history was closed. */
export const KNOWN = '[2023-01-01T00:00:00Z,)';

const TABLES = {
  house: ['organization_id', 'id', 'city', 'street', 'number', 'flats', 'entrances', 'floors', 'built_in'],
  premises: ['organization_id', 'id', 'house_id', 'kind', 'number', 'entrance', 'floor', 'rooms'],
  account: ['organization_id', 'id', 'house_id', 'premises_id', 'kind', 'number', 'phone', 'opened_on'],
  holder: [
    'organization_id',
    'id',
    'account_id',
    'kind',
    'surname',
    'given_name',
    'patronymic',
    'company',
    'tax_id',
    'surname_key',
    'valid',
    'known',
    'source',
  ],
  fact: [
    'organization_id',
    'id',
    'house_id',
    'subject',
    'subject_id',
    'kind',
    'value',
    'valid',
    'known',
    'source',
  ],
  meter: ['organization_id', 'id', 'house_id', 'account_id', 'resource', 'serial', 'place'],
  register: ['organization_id', 'id', 'meter_id', 'zone', 'digits', 'decimals'],
  account_service: [
    'organization_id',
    'id',
    'house_id',
    'account_id',
    'service_id',
    'supplier_id',
    'method',
    'tariff_group',
    'valid',
    'known',
  ],
} as const;

type TableName = keyof typeof TABLES;

const PAPERS = 'технический паспорт';

/** Writes houses with everything in them, by COPY. */
export class TownWriter {
  private readonly tables: Readonly<Record<TableName, TableWriter>>;
  private readonly all: TableWriters;

  constructor(
    client: pg.Client,
    private readonly organization: WrittenOrganization,
  ) {
    const writer = (table: TableName) => new TableWriter(client, table, TABLES[table]);
    this.tables = {
      house: writer('house'),
      premises: writer('premises'),
      account: writer('account'),
      holder: writer('holder'),
      meter: writer('meter'),
      register: writer('register'),
      // of premises, accounts and meters: after all of them
      fact: writer('fact'),
      account_service: writer('account_service'),
    };
    this.all = new TableWriters(Object.values(this.tables));
  }

  begin(): Promise<void> {
    return this.all.begin();
  }

  end(): Promise<void> {
    return this.all.end();
  }

  async house(plan: PlannedHouse): Promise<{ accounts: WrittenAccount[]; registers: WrittenRegister[] }> {
    const { id: organization } = this.organization;
    const houseId = this.tables.house.nextId();
    this.tables.house.add(
      organization,
      houseId,
      this.organization.plan.city,
      plan.street,
      plan.number,
      plan.accounts.length,
      plan.entrances,
      plan.floors,
      plan.builtIn,
    );
    const total = plan.accounts.reduce((sum, one) => sum + one.totalArea, 0);
    this.fact(houseId, 'HOUSE', houseId, {
      TOTAL_AREA: total,
      COMMON_AREA: plan.commonArea,
      HEATED_AREA: total,
    });
    const registers: WrittenRegister[] = [];
    const accounts: WrittenAccount[] = [];
    for (const planned of plan.accounts) accounts.push(this.account(houseId, planned, registers));
    for (const resource of this.houseResources()) registers.push(...this.houseMeter(houseId, resource));
    await this.all.flushLarge();
    return { accounts, registers };
  }

  private houseResources(): readonly PlannedMeter['resource'][] {
    return this.organization.plan.country === 'RU' ? ['COLD_WATER', 'ELECTRICITY'] : [];
  }

  private account(houseId: number, plan: PlannedAccount, registers: WrittenRegister[]): WrittenAccount {
    const { id: organization } = this.organization;
    const premisesId = this.premises(houseId, plan);
    const id = this.tables.account.nextId();
    const place = [organization, id, houseId, premisesId];
    this.tables.account.add(...place, plan.kind, plan.number, plan.phone, '2019-01-01');
    const surname = this.holder(id, plan);
    this.fact(houseId, 'ACCOUNT', id, { RESIDENTS: plan.residents * 100 });
    for (const meter of plan.meters) registers.push(...this.meter(houseId, id, meter));
    for (const [code, method] of methodsOf(plan, this.organization.plan))
      this.service({ houseId, accountId: id, kind: plan.kind }, code, method);
    return { id, number: plan.number, pays: plan.pays, flat: plan.flat, surname, houseId };
  }

  private premises(houseId: number, plan: PlannedAccount): number {
    const id = this.tables.premises.nextId();
    const kind = plan.kind === 'LEGAL' ? 'NON_RESIDENTIAL' : 'FLAT';
    const place = [plan.entrance, plan.floor, plan.rooms || null];
    this.tables.premises.add(this.organization.id, id, houseId, kind, plan.flat, ...place);
    const areas = { TOTAL_AREA: plan.totalArea, LIVING_AREA: plan.livingArea, HEATED_AREA: plan.totalArea };
    this.fact(houseId, 'PREMISES', id, areas);
    return id;
  }

  private holder(accountId: number, { holder }: PlannedAccount): string {
    const firm = 'company' in holder;
    const surname = firm ? holder.company : holder.surname;
    this.tables.holder.add(
      this.organization.id,
      this.tables.holder.nextId(),
      accountId,
      firm ? 'LEGAL' : 'PERSON',
      firm ? '' : holder.surname,
      firm ? '' : holder.given,
      firm ? '' : holder.patronymic,
      firm ? holder.company : '',
      firm ? holder.taxId : null,
      normaliseSurname(surname),
      SINCE,
      KNOWN,
      'договор',
    );
    return surname;
  }

  private fact(
    houseId: number,
    subject: string,
    subjectId: number,
    hundredths: Readonly<Record<string, number>>,
  ): void {
    for (const [kind, value] of Object.entries(hundredths)) {
      const millionths = BigInt(value) * 10_000n;
      this.tables.fact.add(
        this.organization.id,
        this.tables.fact.nextId(),
        houseId,
        subject,
        subjectId,
        kind,
        millionths,
        SINCE,
        KNOWN,
        PAPERS,
      );
    }
  }

  private meter(houseId: number, accountId: number | null, plan: PlannedMeter): WrittenRegister[] {
    const { id: organization } = this.organization;
    const meterId = this.tables.meter.nextId();
    const device = [plan.resource, plan.serial, plan.place];
    this.tables.meter.add(organization, meterId, houseId, accountId, ...device);
    this.meterFact(houseId, meterId, 'METER_WORKING', `[${plan.verifiedOn},)`);
    this.meterFact(houseId, meterId, 'METER_VERIFIED', `[${plan.verifiedOn},${plan.verifiedUntil}]`);
    const written: WrittenRegister[] = [];
    const { decimals, resource } = plan;
    for (const { zone, start, usual } of plan.registers) {
      const id = this.tables.register.nextId();
      this.tables.register.add(organization, id, meterId, zone, plan.digits, decimals);
      written.push({ id, houseId, accountId, usual, value: start, decimals, resource });
    }
    return written;
  }

  /** That it worked, or was verified, in these days. */
  private meterFact(houseId: number, meterId: number, kind: string, valid: string): void {
    const subject = [houseId, 'METER', meterId, kind, 1_000_000n];
    const id = this.tables.fact.nextId();
    this.tables.fact.add(this.organization.id, id, ...subject, valid, KNOWN, 'акт ввода');
  }

  private houseMeter(houseId: number, resource: PlannedMeter['resource']): WrittenRegister[] {
    return this.meter(houseId, null, {
      resource,
      serial: `ОД-${houseId}-${resource === 'ELECTRICITY' ? 1 : 2}`,
      place: 'узел ввода',
      digits: 8,
      decimals: resource === 'ELECTRICITY' ? 0 : 3,
      verifiedOn: FIRST_VERIFIED,
      verifiedUntil: LAST_VERIFIED,
      registers: [{ zone: 'SINGLE', start: 12_000_000, usual: 0 }],
    });
  }

  private service(
    { houseId, accountId, kind }: Pick<PlannedAccount, 'kind'> & { houseId: number; accountId: number },
    code: string,
    method: string,
  ): void {
    const plan = this.organization.plan.services.find((one) => one.code === code);
    const serviceId = this.organization.services.get(code);
    const supplierId = plan && this.organization.suppliers.get(plan.supplier);
    if (!serviceId || !supplierId) throw new RangeError(`The catalogue has no service ${code}`);
    this.tables.account_service.add(
      this.organization.id,
      this.tables.account_service.nextId(),
      houseId,
      accountId,
      serviceId,
      supplierId,
      method,
      plan.firmsPayTax && kind === 'LEGAL' ? FIRMS : EVERYBODY,
      SINCE,
      KNOWN,
    );
  }
}

const FIRST_VERIFIED = civilDate('2022-03-01');
const LAST_VERIFIED = civilDate('2034-03-01');

/** Which services an account takes, and how each is charged. */
export function methodsOf(plan: PlannedAccount, organization: DemoOrganization): [string, string][] {
  const metered = (resource: string) => plan.meters.some((meter) => meter.resource === resource);
  const water = (resource: string) => (metered(resource) ? 'METER' : 'NORM_PERSON');
  if (organization.country === 'KZ')
    return [
      ['COLD_WATER', water('COLD_WATER')],
      ['SEWERAGE', 'SUM_OF_WATER'],
      ...plan.meters.slice(0, 1).map((): [string, string] => ['SERVICE_FEE', 'FIXED']),
    ];
  const zones = plan.meters.find((meter) => meter.resource === 'ELECTRICITY')?.registers.length ?? 1;
  const power: [string, string][] =
    zones === 2
      ? [
          ['ELECTRICITY_DAY', 'METER'],
          ['ELECTRICITY_NIGHT', 'METER'],
        ]
      : [['ELECTRICITY', 'METER']];
  const living: [string, string][] =
    plan.kind === 'PERSON'
      ? [
          ['WASTE', 'PERSON_FEE'],
          ['INTERCOM', 'FIXED'],
        ]
      : [];
  return [
    ['MAINT', 'AREA'],
    ['CAPREP', 'AREA'],
    ['HEATING', 'AREA'],
    ['COLD_WATER', water('COLD_WATER')],
    ['HOT_WATER', water('HOT_WATER')],
    ['SEWERAGE', 'SUM_OF_WATER'],
    ...power,
    ['COLD_WATER_COMMON', 'COMMON_AREA'],
    ['ELECTRICITY_COMMON', 'COMMON_AREA'],
    ...living,
  ];
}
