import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import { DatelineError } from '../core/errors';
import { faultReport } from '../core/faults';
import type { Log } from '../core/log';
import type { IdentityProvider } from './identity-provider';

type Remote = ReturnType<typeof createRemoteJWKSet>;

/** All in milliseconds. */
export interface KeyTimes {
  /** Keys that are older are fetched again, in the background: so a key that was withdrawn goes. */
  readonly refreshAfter: number;
  /** Keys that are older are of no use, as when the provider does not answer for so long. */
  readonly maxAge: number;
  /** A token with an unknown key has them fetched again, but no sooner than this: anybody can write such a token. */
  readonly cooldown: number;
  /** Pause after a provider that did not answer. */
  readonly pause: number;
}

const TIMES: KeyTimes = { refreshAfter: 300_000, maxAge: 3_600_000, cooldown: 10_000, pause: 1_000 };

export interface IdentityKeysParts {
  readonly provider: Pick<IdentityProvider, 'issuer' | 'jwksUrl' | 'timeout'>;
  readonly log: Log;
  readonly times?: Partial<KeyTimes>;
}

/** The public keys of the identity provider: fetched when they are first needed, kept, and kept up to date. */
export class IdentityKeys {
  private readonly times: KeyTimes;
  private remote: Promise<Remote> | null = null;
  /** When a fetch has last begun, and when one has last failed. */
  private begunAt = Number.NEGATIVE_INFINITY;
  private failedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly parts: IdentityKeysParts) {
    this.times = { ...TIMES, ...parts.times };
  }

  /**
   * The key that a token says it is signed with.
   * @throws JOSEError when the provider has no such key; DatelineError SERVICE_UNAVAILABLE when it does not answer
   */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    try {
      const remote = await this.open();
      this.refresh(remote);
      return await remote(header, token);
    } catch (error) {
      if (isFaultOfToken(error)) throw error;
      if (!(error instanceof ProviderFailure)) this.fail(error);
      throw new DatelineError(
        'SERVICE_UNAVAILABLE',
        'The identity provider does not answer, so access tokens cannot be checked. Try again.',
        { service: 'identity-provider' },
      );
    }
  };

  private open(): Promise<Remote> {
    this.remote ??= this.makeRemote().catch((error: unknown) => {
      this.remote = null;
      throw error;
    });
    return this.remote;
  }

  private async makeRemote(): Promise<Remote> {
    const { timeout, jwksUrl } = this.parts.provider;
    return createRemoteJWKSet(new URL(jwksUrl ?? (await this.discover())), {
      timeoutDuration: timeout,
      cooldownDuration: this.times.cooldown,
      cacheMaxAge: this.times.maxAge,
      [customFetch]: (url, options) => this.fetch(url, options),
    });
  }

  private refresh(remote: Remote): void {
    if (remote.reloading || performance.now() - this.begunAt < this.times.refreshAfter) return;
    // The keys that are there are good for a while yet; that it failed is in the log.
    if (remote.jwks() !== undefined) remote.reload().catch(() => undefined);
  }

  private async discover(): Promise<string> {
    const { issuer, timeout } = this.parts.provider;
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const response = await this.fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeout) });
    const found: unknown = await response.json();
    const { issuer: named, jwks_uri: jwksUrl } = Object(found);
    if (named === issuer && typeof jwksUrl === 'string' && URL.canParse(jwksUrl)) return jwksUrl;
    throw this.fail(new Error('The OpenID configuration names another issuer, or no keys'));
  }

  /** Not again right after it has failed: a provider that is coming back must not be run over. */
  private async fetch(url: string, options: RequestInit): Promise<Response> {
    if (performance.now() - this.failedAt < this.times.pause) throw new ProviderFailure();
    this.begunAt = performance.now();
    try {
      const response = await fetch(url, options);
      if (!response.ok) {
        await response.body?.cancel();
        throw new Error(`The identity provider answered ${response.status}`);
      }
      // Read here, so that whatever goes wrong with it is known for a failure of the provider.
      const body: unknown = await response.json();
      return Response.json(body);
    } catch (error) {
      throw this.fail(error);
    }
  }

  private fail(error: unknown): ProviderFailure {
    this.failedAt = performance.now();
    this.parts.log.warn({ fault: faultReport(error) }, 'The identity provider does not answer as it should');
    return new ProviderFailure();
  }
}

/** It is in the log already. */
class ProviderFailure extends Error {}

function isFaultOfToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}
