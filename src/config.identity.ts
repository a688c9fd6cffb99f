import type { z } from 'zod';
import type { IdentityProvider } from './access';
import { list } from './config.readers';
import type { settings } from './config.settings';
import { ROLES } from './core/actor';
import type { KeyRole } from './database';

/** By which a provider can sign with a key that it alone has: nobody who can check a token can make one. */
export const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;
const KEY_ROLES: readonly KeyRole[] = [...ROLES, 'PARTNER'];

type Settings = z.infer<typeof settings>;

export interface Identity {
  readonly identity: IdentityProvider | null;
  /** A sentence for each setting that another one asks for. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** The identity provider that the settings describe: all of it or nothing. */
export function identityIn(data: Settings): Identity {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audiences, OIDC_JWKS_URL: jwksUrl } = data;
  if (issuer === null) return { identity: null, problems: withoutIssuer(data), warnings: [] };
  const identity: IdentityProvider = Object.freeze({
    issuer,
    audiences,
    jwksUrl,
    algorithms: data.OIDC_ALGORITHMS,
    rolesClaim: data.OIDC_ROLES_CLAIM,
    roles: data.OIDC_ROLES,
    clockTolerance: data.OIDC_CLOCK_TOLERANCE,
    timeout: data.OIDC_TIMEOUT,
  });
  const warnings = [issuer, jwksUrl].flatMap((url) => (url !== null && isOpen(url) ? [OPEN] : []));
  return { identity, problems: withIssuer(data), warnings: [...new Set(warnings)] };
}

const OPEN =
  'The identity provider is not reached by https: whoever is on the way can put their own keys in place of its.';

function withIssuer({ OIDC_AUDIENCE, OIDC_ROLES_CLAIM, OIDC_ROLES }: Settings): string[] {
  const problems: string[] = [];
  if (OIDC_AUDIENCE.length === 0) {
    problems.push(
      'OIDC_AUDIENCE is not set. Without it, tokens that were made for other programs would do here.',
    );
  }
  if (OIDC_ROLES_CLAIM !== null && OIDC_ROLES.length === 0) {
    problems.push(
      'OIDC_ROLES is not set. It says what the values in OIDC_ROLES_CLAIM are here: "desk=editor".',
    );
  }
  if (OIDC_ROLES_CLAIM === null && OIDC_ROLES.length > 0) {
    problems.push('OIDC_ROLES_CLAIM is not set. It says where tokens have the roles that OIDC_ROLES names.');
  }
  return problems;
}

function withoutIssuer(data: Settings): string[] {
  const given = [
    ['OIDC_AUDIENCE', data.OIDC_AUDIENCE.length > 0],
    ['OIDC_JWKS_URL', data.OIDC_JWKS_URL !== null],
    ['OIDC_ROLES_CLAIM', data.OIDC_ROLES_CLAIM !== null],
    ['OIDC_ROLES', data.OIDC_ROLES.length > 0],
  ] as const;
  return given.flatMap(([name, isGiven]) =>
    isGiven ? [`OIDC_ISSUER is not set, but ${name} is. Set both of them, or neither.`] : [],
  );
}

function isOpen(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

/** As it was written: issuers are compared letter by letter. */
export function readIssuer(text: string): string | null | undefined {
  return text.includes('?') ? undefined : readWebAddress(text);
}

export function readWebAddress(text: string): string | null | undefined {
  if (!/^https?:\/\/[^\s#]+$/i.test(text) || !URL.canParse(text)) return undefined;
  const { username, password } = new URL(text);
  return username === '' && password === '' ? text : undefined;
}

export function readNames(text: string): string[] | undefined {
  const names = list(text);
  return names.every((name) => name !== '') ? names : undefined;
}

export function readAlgorithms(text: string): string[] | undefined {
  const known = list(text).map((name) =>
    ALGORITHMS.find((each) => each.toLowerCase() === name.toLowerCase()),
  );
  const found = known.filter((name) => name !== undefined);
  return found.length === known.length ? found : undefined;
}

export function readClaim(text: string): string | null | undefined {
  return text.length <= 200 ? text : undefined;
}

/** What the provider calls a role can have "=" in it, as the names of a directory do; what we call it has not. */
export function readRoles(text: string): [theirs: string, ours: KeyRole][] | undefined {
  const pairs: [string, KeyRole][] = [];
  for (const pair of list(text)) {
    const [, theirs, name] = /^(.*\S)\s*=\s*(\w+)$/.exec(pair) ?? [];
    const ours = KEY_ROLES.find((role) => role.toLowerCase() === name?.toLowerCase());
    if (theirs === undefined || ours === undefined) return undefined;
    pairs.push([theirs, ours]);
  }
  return pairs;
}
