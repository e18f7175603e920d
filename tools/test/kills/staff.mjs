// What an accountant does with a closing, through the public API.

/** The product has said no. */
export class Refused extends Error {}

/**
 * @typedef {object} Staff
 * @property {(month: string) => Promise<string>} start returns the closing's id
 * @property {(id: string, digest: string) => Promise<void>} commit
 * @property {(id: string) => Promise<void>} discard
 */

const CLOSING = '__typename ... on Closing { id } ... on Refused { refusals { code } }';

/**
 * @param {import('./scene.mjs').Scene} scene
 * @param {string} organizationId
 * @returns {Promise<Staff>}
 */
export async function comeIn(scene, organizationId) {
  const { login, password, portal } = scene.signIn('accountant');
  const headers = {
    'content-type': 'application/json',
    'x-kvartal-app': 'backoffice',
    'x-kvartal-portal': portal,
  };
  const input = { login, password, remember: true };
  const { cookie } = await post(
    scene.graphql,
    headers,
    'mutation ($input: SignInInput!) { signIn(input: $input) { __typename ... on Refused { refusals { code } } } }',
    { input },
  );
  const signedIn = { ...headers, cookie };
  const mutate = async (
    /** @type {string} */ name,
    /** @type {string} */ types,
    /** @type {object} */ values,
  ) => {
    const args = [...types.matchAll(/\$(\w+)/g)].map(([, one]) => `${one}: $${one}`).join(', ');
    const query = `mutation ($organizationId: ID!, ${types}) { ${name}(organizationId: $organizationId, ${args}) { ${CLOSING} } }`;
    const { data } = await post(scene.graphql, signedIn, query, { organizationId, ...values });
    return data[name].id;
  };
  return {
    start: (month) => mutate('startClosing', '$month: Month!', { month }),
    commit: (id, digest) => mutate('commitClosing', '$id: ID!, $digest: String!', { id, digest }),
    discard: (id) => mutate('discardClosing', '$id: ID!', { id }),
  };
}

/**
 * @param {string} url
 * @param {Record<string, string>} headers
 * @param {string} query
 * @param {object} variables
 */
async function post(url, headers, query, variables) {
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = JSON.parse(await answer.text());
  if (errors) throw new Error(`The api answered ${answer.status}: ${JSON.stringify(errors)}`);
  for (const result of Object.values(data))
    if (result.__typename === 'Refused')
      throw new Refused(result.refusals.map((/** @type {{ code: string }} */ one) => one.code).join(', '));
  return { data, cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
}
