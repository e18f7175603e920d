// What the log holds after people were at work: the request's id in what followed from it, and nobody's secrets.
import assert from 'node:assert/strict';
import { SIGN_IN, ask, signedIn, until } from './stand.mjs';

/** Of a newcomer, and of what somebody typed wrongly: each would be found in the log if it had ever been written there. */
const NEW = {
  login: 'zorina-nadezhda',
  email: 'nadezhda.zorina@letters.example',
  password: 'Fw7-hollow-lantern-92',
  refusedEmail: 'boris.broken@letters.example',
  wrong: 'Qx4-wrong-guess-5531',
  malformed: 'Lk8-malformed-body-77',
  phone: '+79261234567',
};
const REFUSED = '__typename ... on Refused { refusals { code } }';
const INFO = 30;
const WARN = 40;
const ERROR = 50;

/** @typedef {import('./stand.mjs').Stand} Stand */
/** @typedef {import('./stand.mjs').Line} Line */

/** @param {Stand} stand @returns {Promise<{ id: string, text: string }>} */
async function captcha(stand) {
  const { data } = await ask(stand, 'mutation { newCaptcha { id } }');
  const { id } = data.newCaptcha;
  const read = await fetch(`${stand.urls.api}/dev/captcha/${id}`);
  return { id, text: JSON.parse(await read.text()).text };
}

/** @param {Stand} stand @param {{ login: string, email: string, password: string }} who */
async function register(stand, { login, email, password }) {
  const input = {
    login, email, password, passwordAgain: password, agreement: true, consent: true, captcha: await captcha(stand),
  }; // prettier-ignore
  return ask(stand, `mutation ($input: RegisterInput!) { register(input: $input) { ${REFUSED} } }`, {
    input,
  });
}

/** The lines of both processes that bear this request's id. @param {Stand} stand @param {string} id */
const linesOf = (stand, id) => ({
  api: stand.lines('api').filter((line) => line.requestId === id),
  worker: stand.lines('worker').filter((line) => line.requestId === id),
});

/** @param {Line[]} lines @param {string} job */
const jobIn = (lines, job) => lines.find((line) => line.job === job || line.queue === job);

/** @param {Stand} stand */
export function logChecks(stand) {
  /** Keys that were handed out on the way. @type {string[]} */
  const handedOut = [];
  return {
    'a request’s id follows into the mail job that it caused': async () => {
      const { requestId, data } = await register(stand, NEW);
      assert.equal(data?.register.__typename, 'RegistrationStarted', JSON.stringify(data));
      const text = await until('a letter', () => stand.mailbox.textTo(NEW.email));
      const token = /\/confirm\/([\w-]{20,})/.exec(text)?.[1];
      assert.ok(token, text);
      handedOut.push(token);
      const done = await until('the job’s line', () => jobIn(linesOf(stand, requestId).worker, 'outbox'));
      assert.equal(done.msg, 'job done');
      assert.equal(done.level, INFO);
      const confirmed = await ask(
        stand,
        `mutation ($token: String!) { confirmRegistration(token: $token) { ${REFUSED} } }`,
        { token },
      );
      assert.notEqual(confirmed.data?.confirmRegistration.__typename, 'Refused');
    },
    'a request’s id follows into the jobs of a closing': async () => {
      const staff = await signedIn(stand, 'accountant', 'backoffice');
      handedOut.push(staff.cookie);
      const [open] = await stand.query(
        `select organization_id as id, to_char(month, 'YYYY-MM') as month from period where state = 'OPEN' order by 1 limit 1`,
      );
      const { requestId, data } = await ask(
        stand,
        `mutation ($id: ID!, $month: Month!) { startClosing(organizationId: $id, month: $month) { ${REFUSED} } }`,
        { id: open.id, month: open.month },
        staff,
      );
      assert.equal(data?.startClosing.__typename, 'Closing', JSON.stringify(data));
      const line = await until('the job’s line', () =>
        jobIn(linesOf(stand, requestId).worker, 'compute-houses'),
      );
      assert.equal(line.msg, 'job done');
    },
    'a refusal is information: its codes, and no fault': async () => {
      const input = { login: NEW.login, password: NEW.wrong, remember: false };
      const wrong = await ask(stand, SIGN_IN, { input });
      assert.equal(wrong.data.signIn.__typename, 'Refused');
      const nobody = await ask(stand, 'mutation { signOutEverywhere { __typename } }');
      assert.equal(nobody.errors?.[0].extensions.code, 'UNAUTHENTICATED');
      const { cookie } = await ask(stand, SIGN_IN, { input: { ...input, password: NEW.password } });
      handedOut.push(cookie);
      const notStaff = await ask(stand, '{ colleagues(organizationId: "1") { __typename } }', {}, { cookie });
      assert.equal(notStaff.errors?.[0].extensions.code, 'FORBIDDEN');
      for (const [{ requestId }, code] of /** @type {const} */ ([
        [wrong, 'AUTH_BAD_CREDENTIALS'],
        [nobody, 'UNAUTHENTICATED'],
        [notStaff, 'FORBIDDEN'],
      ])) {
        const said = linesOf(stand, requestId).api.filter(({ msg }) => msg === 'refused');
        assert.deepEqual(said.map(({ level, codes }) => [level, codes]), [[INFO, code]]); // prettier-ignore
      }
      assert.deepEqual(
        stand.lines('api').filter(({ level = 0 }) => level >= WARN),
        [],
      );
    },
    'a person links an account, asks for help and pays with nothing of it in the log': async () => {
      const input = { login: NEW.login, password: NEW.password, remember: true };
      const { cookie } = await ask(stand, SIGN_IN, { input });
      handedOut.push(cookie);
      const [flat] = await stand.query(
        `select a.organization_id as organization, a.id, a.number, h.surname, p.number as flat from account a
         join holder h on h.organization_id = a.organization_id and h.account_id = a.id
         join premises p on p.organization_id = a.organization_id and p.id = a.premises_id
         join portal_organization o on o.organization_id = a.organization_id join portal on portal.id = o.portal_id
         where portal.slug = 'prirechensk' and p.kind = 'FLAT' order by a.id desc limit 1`,
      );
      const link = `mutation ($input: LinkAccountInput!) { linkAccount(input: $input) { ${REFUSED} } }`;
      const proof = { number: flat.number, surname: flat.surname, flat: flat.flat };
      const wrong = await ask(stand, link, { input: { ...proof, surname: NEW.wrong } }, { cookie });
      assert.equal(wrong.data?.linkAccount.__typename, 'Refused');
      const linked = await ask(stand, link, { input: proof }, { cookie });
      assert.equal(linked.data?.linkAccount.__typename, 'AccountLinked', JSON.stringify(linked));
      const asked = await ask(
        stand,
        `mutation ($input: CreateRequestInput!) { createRequest(input: $input) { ${REFUSED} } }`,
        {
          input: {
            organizationId: flat.organization,
            accountId: flat.id,
            category: 'PLUMBING',
            phone: NEW.phone,
            text: `Перезвоните мне: ${NEW.phone}`,
            clientKey: 'boot',
          },
        },
        { cookie },
      );
      assert.notEqual(asked.data?.createRequest?.__typename ?? 'Refused', 'Refused', JSON.stringify(asked));
    },
    'a statement that fails is a fault in the log, without the values it was given': async () => {
      await stand.query(
        `alter table portal_user add constraint portal_user_spec check (email <> '${NEW.refusedEmail}')`,
      );
      const who = { ...NEW, login: 'broken-boris', email: NEW.refusedEmail };
      const { requestId, errors } = await register(stand, who);
      await stand.query('alter table portal_user drop constraint portal_user_spec');
      assert.equal(errors?.[0].extensions.code, 'INTERNAL');
      const [fault] = linesOf(stand, requestId).api.filter(({ level }) => level === ERROR);
      const { code, constraint, statement } = Object(fault?.err);
      assert.deepEqual([code, constraint], ['23514', 'portal_user_spec']);
      assert.match(statement, /insert into portal_user/);
    },
    'a letter that a mail server turns away is a warning, without the address': async () => {
      stand.mailbox.full.add(NEW.email);
      const { requestId } = await ask(
        stand,
        `mutation ($who: String!, $captcha: CaptchaAnswerInput) {
          requestRecovery(loginOrEmail: $who, captcha: $captcha) { ${REFUSED} } }`,
        { who: NEW.email, captcha: await captcha(stand) },
      );
      const line = await until('the warning', () => jobIn(linesOf(stand, requestId).worker, 'outbox'));
      stand.mailbox.full.clear();
      assert.deepEqual([line.level, line.msg], [WARN, 'job failed, tried again']);
      assert.match(Object(line.err).message, /451/);
      const letter = await until('the letter, tried again', () => {
        const text = stand.mailbox.textTo(NEW.email);
        return text?.includes('/reset/') ? text : undefined;
      });
      handedOut.push(/\/reset\/([\w-]{20,})/.exec(letter)?.[1] ?? letter);
    },
    'a body that cannot be read, and a value of the wrong kind, are not quoted': async () => {
      for (const body of [
        `{"query":"{ me { id } }","variables":{"password":"${NEW.malformed}" oops}`,
        `{"query": ${NEW.malformed}}`,
        JSON.stringify({
          query: SIGN_IN,
          variables: { input: { login: NEW.login, password: [NEW.malformed], remember: 'x' } },
        }),
      ]) {
        const answer = await fetch(`${stand.urls.api}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-kvartal-app': 'cabinet' },
          body,
        });
        assert.ok(answer.status >= 400 && answer.status < 500, `${answer.status}`);
      }
      // of all that people did wrong only the statement that failed was our own fault
      const faults = stand.lines('api').filter(({ level = 0 }) => level >= ERROR);
      assert.deepEqual(
        faults.filter(({ err }) => Object(err).code !== '23514'),
        [],
      );
    },
    'a key is used': async () => {
      const staff = await signedIn(stand, 'director', 'backoffice');
      const [{ id }] = await stand.query('select id from organization order by id limit 1');
      const made = await ask(
        stand,
        'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { ... on CreatedApiKey { secret } } }',
        { input: { organizationId: id, name: 'boot', scopes: ['ACCOUNTS_READ'] } },
        staff,
      );
      const { secret } = made.data.createApiKey;
      handedOut.push(staff.cookie, secret);
      const feed = await fetch(`${stand.urls.api}/graphql?token=${NEW.wrong}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
        body: JSON.stringify({
          query: '{ accountFeed { items { number } } }',
        }),
      });
      const answer = await feed.text();
      assert.ok(JSON.parse(answer).data?.accountFeed.items.length, answer);
    },
    'nothing of all this stands in the logs: no password, token, cookie or key, nobody’s name, address, mail or phone':
      async () => {
        const people = await stand.query(
          `select unnest(array[login, email, name]) as it from portal_user
           union select unnest(array[surname, company]) from holder
           union select unnest(array[phone, email, number]) from account
           union select unnest(array[street, city]) from house
           union select encode(token_hash, 'hex') from session union select password_hash from portal_user`,
        );
        const whole = stand.logOf('api') + stand.logOf('worker');
        assert.ok(whole.length > 10_000, 'there is a log');
        const secrets = handedOut.flatMap((one) => [
          one,
          one.replace(/^[^=]+=/, ''),
          encodeURIComponent(one),
        ]);
        const demo = people.map(({ it }) => it).filter((it) => typeof it === 'string' && it.length > 3);
        assert.ok(secrets.every((one) => one.length > 3));
        const never = [...Object.values(NEW), ...secrets, ...demo, 'argon2', 'demo-2026', 'kv_'];
        // logins of the demo's staff are words of the trade too: those count where they stand alone, as a value
        const words = /^(resident|neighbour|firm|director|accountant|operator|dispatcher|reader)$/;
        const found = never.filter((one) => whole.includes(words.test(one) ? `"${one}"` : one));
        assert.deepEqual(found, []);
      },
    'every line is one JSON object with a level': async () => {
      const bare = [...stand.lines('api'), ...stand.lines('worker')].filter(
        ({ level }) => level === undefined,
      );
      assert.deepEqual(bare, []);
    },
  };
}
