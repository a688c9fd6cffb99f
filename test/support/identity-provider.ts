/** An OpenID Connect provider: its two documents over HTTP, and the tokens that it signs. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { Instant } from '../../src/core/clock';

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;

export interface TokenWish {
  readonly claims?: JWTPayload;
  /** Claims that it shall not have. */
  readonly without?: readonly string[];
  readonly header?: Readonly<Record<string, unknown>>;
  readonly key?: Pair['privateKey'] | Uint8Array;
}

export const AUDIENCE = 'dateline';

export class TestProvider {
  /** How often the keys, and the configuration, were asked for. */
  readonly asked = { keys: 0, configuration: 0 };
  /** What is answered in place of the documents. */
  answer: 'as it should' | 'with an error' | 'with nonsense' | 'with no keys' | 'never' = 'as it should';
  private pairs: { kid: string | null; alg: string; pair: Pair }[] = [];
  private port = 0;
  private server: Server | null = null;

  static async start(): Promise<TestProvider> {
    const provider = new TestProvider();
    await provider.addKey('first');
    await provider.listen();
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${this.port}/realm`;
  }

  get jwksUrl(): string {
    return `${this.issuer}/keys`;
  }

  /** What signs from now on; earlier keys stay until they are taken away. */
  async addKey(kid: string | null, alg = 'ES256'): Promise<Pair> {
    const pair = await generateKeyPair(alg, { extractable: true });
    this.pairs.push({ kid, alg, pair });
    return pair;
  }

  removeKey(kid: string): void {
    this.pairs = this.pairs.filter((each) => each.kid !== kid);
  }

  /** The public key as everybody can have it. */
  async publicKey(): Promise<Uint8Array> {
    return new TextEncoder().encode(JSON.stringify(await exportJWK(this.newest().pair.publicKey)));
  }

  /** A token that is good for an hour from `now`, but for what is wished. */
  async token(
    now: Instant,
    { claims = {}, without = [], header = {}, key }: TokenWish = {},
  ): Promise<string> {
    const { kid, alg, pair } = this.newest();
    const seconds = Math.floor(now / 1_000);
    const all: JWTPayload = {
      ...{ iss: this.issuer, aud: AUDIENCE, sub: 'somebody', iat: seconds, exp: seconds + 3_600 },
      ...claims,
    };
    const kept = Object.fromEntries(Object.entries(all).filter(([name]) => !without.includes(name)));
    return new SignJWT(kept)
      .setProtectedHeader({ alg, ...(kid === null ? {} : { kid }), ...header })
      .sign(key ?? pair.privateKey);
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = null;
    server?.closeAllConnections();
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  /** Listens, after a stop again where it did before. */
  async listen(): Promise<void> {
    this.server = createServer(async ({ url }, response) => {
      const wanted = url?.endsWith('/keys') ? 'keys' : 'configuration';
      this.asked[wanted]++;
      if (this.answer === 'never') return;
      if (this.answer === 'with an error') response.statusCode = 500;
      if (this.answer === 'with nonsense') return response.end('<html>');
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(wanted === 'keys' ? await this.keySet() : this.configuration()));
    }).listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    const address = this.server.address();
    this.port = typeof address === 'object' && address !== null ? address.port : 0;
  }

  private newest() {
    const newest = this.pairs.at(-1);
    if (!newest) throw new Error('The provider has no key');
    return newest;
  }

  private configuration() {
    return { issuer: this.issuer, jwks_uri: this.jwksUrl };
  }

  private async keySet() {
    if (this.answer === 'with no keys') return { hello: 'world' };
    const keys = this.pairs.map(async ({ kid, alg, pair }) => ({
      ...(await exportJWK(pair.publicKey)),
      ...{ alg, use: 'sig' },
      ...(kid === null ? {} : { kid }),
    }));
    return { keys: await Promise.all(keys) };
  }
}
