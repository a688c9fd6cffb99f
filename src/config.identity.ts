import type { z } from 'zod';
import type { IdentityProvider } from './access';
import type { settings } from './config.settings';

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
