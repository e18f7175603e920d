import { type PortalSettings, portalRules } from '@kvartal/auth';
import { rows, type Tx } from '@kvartal/platform';
import type { Candidate } from './link-proof';

export interface LinkCandidate extends Candidate {
  organizationId: string;
  accountId: string;
}

/**
 * Accounts of the portal's organisations (or of one of them) whose number has these digits, with today's holder at the
 * instant. One statement whether there are any or not: a wrong guess costs as much time as a right one.
 */
export async function candidatesFor(
  tx: Pick<Tx, 'query'>,
  asked: { portalId: string; organizationId: string | null; digits: string; now: Date },
): Promise<LinkCandidate[]> {
  return rows<LinkCandidate>(
    tx,
    `select a.organization_id as "organizationId", a.id as "accountId", a.number, p.number as flat,
       (select r.surname_key from holder r
        where r.organization_id = a.organization_id and r.account_id = a.id and upper_inf(r.known)
          and r.valid @> ($4::timestamptz at time zone o.time_zone)::date) as "surnameKey"
     from portal_organization po
     join organization o on o.id = po.organization_id
     join account a on a.organization_id = po.organization_id and a.number_digits = $3
     join premises p on p.organization_id = a.organization_id and p.id = a.premises_id
     where po.portal_id = $1 and ($2::bigint is null or po.organization_id = $2)
     order by a.organization_id, a.id limit 50`,
    [asked.portalId, asked.organizationId, asked.digits, asked.now],
  );
}

export interface LinkingPerson {
  /** Accounts that this person sees already: of each, `organizationId/accountId`. */
  linked: string[];
  /** How many one e-mail may have on this portal. */
  limit: number;
}

/** Locks the person, so that two links at once count each other, and says what is linked and how much may be. */
export async function lockPerson(tx: Tx, userId: string): Promise<LinkingPerson | undefined> {
  const [person] = await rows<{ settings: PortalSettings }>(
    tx,
    `select p.settings from portal_user u join portal p on p.id = u.portal_id where u.id = $1 for no key update of u`,
    [userId],
  );
  if (!person) return undefined;
  const linked = await rows<{ key: string }>(
    tx,
    `select organization_id || '/' || account_id as key from account_link where user_id = $1 and ended_at is null`,
    [userId],
  );
  return { limit: portalRules(person.settings).maxAccountsPerEmail, linked: linked.map(({ key }) => key) };
}
