import { Injectable } from '@nestjs/common';

const read = (name: string, fallback?: string): string => {
  const value = process.env[name] ?? fallback;
  if (value === undefined || value === '') throw new Error(`The environment variable ${name} is not set`);
  return value;
};

/** What a process is told by its environment, read once. Throws at start when something needed is missing. */
@Injectable()
export class Config {
  readonly production = process.env['NODE_ENV'] === 'production';
  /** The runtime login where there is one; else the owner's, with its rights laid down (see database.ts). */
  readonly databaseUrl = process.env['RUNTIME_DATABASE_URL'] ?? read('DATABASE_URL');
  readonly databaseIsOwner = process.env['RUNTIME_DATABASE_URL'] === undefined;
  /** How many requests the api works on at once; more are turned away (see admission.ts). */
  readonly mostRequests = Number(read('MAX_REQUESTS', '96'));
  readonly databasePool = Number(read('DATABASE_POOL', '10'));
  readonly redisUrl = read('REDIS_URL');
  /** Leads every key and queue in Redis, so that tests and installations can share a server. */
  readonly redisPrefix = read('REDIS_PREFIX', 'kvartal');
  readonly smtpUrl = read('SMTP_URL', 'smtp://127.0.0.1:1025');
  readonly mailFrom = read('MAIL_FROM', 'Квартал <no-reply@kvartal.example>');
  readonly smsUrl = read('SMS_URL', 'http://127.0.0.1:1090');
  readonly publicUrl = read('PUBLIC_URL', 'http://127.0.0.1:4200');
  readonly host = read('HOST', '127.0.0.1');
  readonly port = Number(read('PORT', '4200'));
  /** Whose word counts for the address that a request came from: names or networks, as Express knows them. */
  readonly trustedProxies = read('TRUSTED_PROXIES', 'loopback').split(/[\s,]+/);
  readonly healthPort = Number(read('HEALTH_PORT', '4201'));
  readonly filesDir = read('FILES_DIR', '.data/files');
  /** Where the built web apps stand, served by the api itself; empty where nginx does it. */
  readonly webRoot = process.env['WEB_ROOT'] ?? '';
  /** Where the hashes of our own apps' operations stand, written by their build. */
  readonly operationsDir = read('OPERATIONS_DIR', 'dist/operations');
  /** Whoever comes without a key may send only those. Always in production. */
  readonly knownOperationsOnly = this.production || process.env['KNOWN_OPERATIONS_ONLY'] === '1';
  readonly logLevel = read('LOG_LEVEL', 'info');
  /** Whoever sends it as `x-kvartal-bench` is not held by sign-in limits. Never in production; empty: nobody. */
  readonly benchKey = this.production ? '' : (process.env['BENCH_KEY'] ?? '');
  readonly bank = {
    url: read('BANK_URL', 'http://127.0.0.1:1070'),
    user: read('BANK_USER', 'kvartal-api'),
    password: read('BANK_PASSWORD', 'kvartal'),
    callbackKey: read('BANK_CALLBACK_KEY', 'kvartal-callback-key'),
  };
  /** The clock may be moved, outside production only (see clock.ts). */
  readonly movableClock = !this.production && process.env['DEV_CLOCK'] === '1';
}
