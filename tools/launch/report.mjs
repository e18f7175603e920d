// What a run tells when it is up: the file for programs, the table for people.
import { existsSync, readFileSync } from 'node:fs';
import { httpAt } from './processes.mjs';
import { table } from './screen.mjs';

/**
 * @typedef {{ role: string, portal: string, login: string, password: string, account?: string }} SignIn
 * @typedef {ReturnType<typeof addresses>} Addresses
 */

/**
 * @param {import('./processes.mjs').Told} told
 * @param {SignIn[]} signIns
 * @param {{ ownMail: boolean, ownSms: boolean, ownBank: boolean }} own which of the stand-ins run here
 */
export function addresses(told, signIns, own) {
  const web = httpAt(told.ports.web);
  return {
    ready: true,
    cabinet: `${web}/`,
    backoffice: `${web}/s/`,
    graphql: `${web}/graphql`,
    api: web,
    worker: httpAt(told.ports.worker),
    health: `${web}/health/ready`,
    mail: { smtp: told.smtpUrl, http: own.ownMail ? httpAt(told.ports.mail) : null },
    sms: { http: own.ownSms ? httpAt(told.ports.sms) : (process.env.SMS_URL ?? null) },
    bank: { http: own.ownBank ? httpAt(told.ports.bank) : (process.env.BANK_URL ?? null) },
    postgres: told.databaseUrl,
    redis: told.redisUrl,
    signIns,
  };
}

/** @param {string} file @returns {SignIn[]} */
export const readSignIns = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []);

/** Away from its own host name a portal is the first part of the path. @param {Addresses} at @returns {string[]} */
function cabinets({ cabinet, signIns }) {
  const portals = [...new Set(signIns.map(({ portal }) => portal))];
  return portals.length ? portals.map((portal) => `${cabinet}o/${portal}/`) : [cabinet];
}

/** @param {Addresses} at @returns {string} */
export function tables(at) {
  const places = [
    ...cabinets(at).map((url) => ['Cabinet of residents', url]),
    ['Back office', at.backoffice],
    ['GraphQL', at.graphql],
    ['Health of api, worker', `${at.health}  ${at.worker}/health/ready`],
    ['E-mails', `${at.mail.http ?? 'sent for real'}  (SMTP ${at.mail.smtp})`],
    ['SMS', at.sms.http ?? ''],
    ['Bank', at.bank.http ?? ''],
    ['PostgreSQL', at.postgres],
    ['Redis', at.redis],
  ];
  const people = at.signIns.map(({ role, portal, login, password, account }) => [
    role,
    portal,
    login,
    password,
    account ?? '',
  ]);
  const signIns = people.length
    ? `\n\n${table([['ROLE', 'PORTAL', 'LOGIN', 'PASSWORD', 'ACCOUNT'], ...people])}`
    : '';
  return `\n${table(places)}${signIns}\n`;
}
