import { Inject, Injectable } from '@nestjs/common';
import { type CivilDate, civilDate, maskName, quantityOf, type Quantity } from '@kvartal/domain';
import { Clock, rows } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import type { Account, AccountLinkRow } from './accounts.types';
import { addressLine, houseLine } from './address';
import { ORGANIZATION_COLUMNS, type OrganizationColumns, organizationView } from './organizations.queries';

/** A dated fact as JSON brings it: its value in millionths, and since when it has been so. */
type KnownFact = readonly [value: string, since: string | null];

interface CardRow {
  organizationId: string;
  id: string;
  houseId: string;
  number: string;
  kind: string;
  phone: string | null;
  flat: string;
  premisesKind: string;
  rooms: number | null;
  floor: number | null;
  entrance: number | null;
  city: string;
  street: string;
  house: string;
  flats: number | null;
  floors: number | null;
  entrances: number | null;
  masked: boolean;
  holder: { kind: string; surname: string; given: string; patronymic: string; company: string } | null;
  facts: Partial<Record<string, KnownFact>> | null;
  organization: OrganizationColumns;
}

/**
 * Everything an account's card shows, for the accounts that `wanted (organization_id, account_id, at, proof)` lists:
 * one statement however many they are. Facts and the holder are those valid on the organisation's today at the instant
 * $1, as they are known now.
 */
const cardSql = (wanted: string) => `
  with wanted as (${wanted})
  select a.organization_id as "organizationId", a.id, a.house_id as "houseId", a.number, a.kind, a.phone,
    p.number as flat, p.kind as "premisesKind", p.rooms, p.floor, p.entrance,
    h.city, h.street, h.number as house, h.flats, h.floors, h.entrances,
    coalesce(w.proof = 'NUMBER_SURNAME_FLAT' and (o.settings->>'maskHolder')::boolean, false) as masked,
    holder.is as holder, facts.are as facts,
    (select to_jsonb(c) from (select ${ORGANIZATION_COLUMNS}) c) as organization
  from wanted w
  join account a on a.organization_id = w.organization_id and a.id = w.account_id
  join organization o on o.id = a.organization_id
  join premises p on p.organization_id = a.organization_id and p.id = a.premises_id
  join house h on h.organization_id = a.organization_id and h.id = a.house_id
  cross join lateral (select ($1::timestamptz at time zone o.time_zone)::date as day) today
  left join lateral (
    select jsonb_build_object('kind', r.kind, 'surname', r.surname, 'given', r.given_name,
      'patronymic', r.patronymic, 'company', r.company) as is
    from holder r
    where r.organization_id = a.organization_id and r.account_id = a.id
      and r.valid @> today.day and upper_inf(r.known)) holder on true
  left join lateral (
    select jsonb_object_agg(f.subject || '.' || f.kind, jsonb_build_array(f.value::text, lower(f.valid))) as are
    from (values ('ACCOUNT', a.id), ('PREMISES', a.premises_id), ('HOUSE', a.house_id)) s (subject, subject_id)
    join fact f on f.organization_id = a.organization_id and f.subject = s.subject and f.subject_id = s.subject_id
      and f.valid @> today.day and upper_inf(f.known)) facts on true
  order by w.at`;

const LINKED = `select organization_id, account_id, id as at, proof from account_link
  where user_id = $2 and ended_at is null`;

/** Reads accounts for people: the card of an account, and who sees it. */
@Injectable()
export class AccountsQueries {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The accounts linked to a person, in the order in which they were linked. */
  async listLinked(userId: string): Promise<Account[]> {
    return this.cards(LINKED, [userId]);
  }

  /** One account linked to a person; undefined where it is not. */
  async findLinked(userId: string, organizationId: string, accountId: string): Promise<Account | undefined> {
    const which = `${LINKED} and organization_id = $3 and account_id = $4`;
    return (await this.cards(which, [userId, organizationId, accountId]))[0];
  }

  /** One account of an organisation, for its staff; undefined where there is none. */
  async find(organizationId: string, accountId: string): Promise<Account | undefined> {
    const which = `select $2::bigint as organization_id, $3::bigint as account_id, 1 as at, 'STAFF' as proof`;
    return (await this.cards(which, [organizationId, accountId]))[0];
  }

  /** Who sees an account in the cabinet, the latest link first. */
  async listLinks(organizationId: string, accountId: string): Promise<AccountLinkRow[]> {
    return rows<AccountLinkRow>(
      this.db,
      `select u.login, u.email, l.relation, l.created_at as "createdAt"
       from account_link l join portal_user u on u.id = l.user_id
       where l.organization_id = $1 and l.account_id = $2 and l.ended_at is null order by l.id desc`,
      [organizationId, accountId],
    );
  }

  private async cards(wanted: string, parameters: readonly unknown[]): Promise<Account[]> {
    const now = await this.clock.now();
    const found = await rows<CardRow>(this.db, cardSql(wanted), [now, ...parameters]);
    return found.map((card) => accountView(card, now));
  }
}

function accountView(card: CardRow, now: Date): Account {
  const { organizationId, id, number, kind, phone, city, street, house, flat } = card;
  return {
    organizationId,
    id,
    number,
    kind,
    phone,
    holder: holderName(card),
    address: { city, street, house, flat, line: addressLine(card) },
    organization: organizationView({ ...card.organization, id: organizationId }, now),
    facts: factsView(card),
    house: houseView(card),
  };
}

function holderName({ holder, masked }: CardRow): string {
  if (!holder) return '';
  if (holder.kind === 'LEGAL') return holder.company;
  const fullName = [holder.surname, holder.given, holder.patronymic].filter(Boolean).join(' ');
  return masked ? maskName(fullName) : fullName;
}

const valueOf = (fact: KnownFact | undefined): Quantity | null => (fact ? quantityOf(BigInt(fact[0])) : null);
const sinceOf = (fact: KnownFact | undefined): CivilDate | null => (fact?.[1] ? civilDate(fact[1]) : null);

function factsView({ facts, rooms, floor, entrance }: CardRow): Account['facts'] {
  return {
    totalArea: valueOf(facts?.['PREMISES.TOTAL_AREA']),
    livingArea: valueOf(facts?.['PREMISES.LIVING_AREA']),
    heatedArea: valueOf(facts?.['PREMISES.HEATED_AREA']),
    residents: valueOf(facts?.['ACCOUNT.RESIDENTS']),
    residentsSince: sinceOf(facts?.['ACCOUNT.RESIDENTS']),
    rooms,
    floor,
    entrance,
  };
}

function houseView(card: CardRow): Account['house'] {
  const { organizationId, houseId, city, street, house, facts, flats, floors, entrances } = card;
  return {
    organizationId,
    id: houseId,
    city,
    street,
    number: house,
    line: houseLine(card),
    totalArea: valueOf(facts?.['HOUSE.TOTAL_AREA']),
    heatedArea: valueOf(facts?.['HOUSE.HEATED_AREA']),
    commonArea: valueOf(facts?.['HOUSE.COMMON_AREA']),
    flats,
    floors,
    entrances,
  };
}
