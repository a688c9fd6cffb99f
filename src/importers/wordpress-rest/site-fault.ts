/**
 * unreachable, slow, busy, broken, garbled: another try may help. too-large: a smaller page may.
 * unknown-host, elsewhere, refused: no try will.
 */
export type FaultKind =
  | 'unreachable'
  | 'slow'
  | 'busy'
  | 'broken'
  | 'garbled'
  | 'too-large'
  | 'unknown-host'
  | 'elsewhere'
  | 'refused';

export interface FaultDetails {
  /** Of the HTTP answer, if there was one. */
  readonly status?: number;
  /** WordPress's own word for it: rest_forbidden, rest_post_invalid_id. */
  readonly code?: string;
  /** Milliseconds that the site asks to be left alone for. */
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

const TRANSIENT: ReadonlySet<FaultKind> = new Set(['unreachable', 'slow', 'busy', 'broken', 'garbled']);

/** Why a site did not answer as it should, in words for whoever runs the import. Tells no credentials. */
export class SiteFault extends Error {
  override readonly name = 'SiteFault';
  readonly status: number | null;
  readonly code: string;
  readonly retryAfter: number | null;

  constructor(
    readonly kind: FaultKind,
    message: string,
    { status, code, retryAfter, cause }: FaultDetails = {},
  ) {
    super(message, { cause });
    this.status = status ?? null;
    this.code = code ?? '';
    this.retryAfter = retryAfter ?? null;
  }

  /** Whether the same request may be answered the next time. */
  get transient(): boolean {
    return TRANSIENT.has(this.kind);
  }

  /** Whether a request for less may be answered: one item can break, or swell, the page that it is on. */
  get perhapsOneItem(): boolean {
    return this.kind !== 'busy' && (this.transient || this.kind === 'too-large');
  }

  /** Whether the site keeps this from whoever asks, or does not have it. */
  get closed(): boolean {
    return this.status === 401 || this.status === 403 || this.status === 404;
  }
}

/** The fault, where the error is one that makes the caller go another way; any other error is thrown on. */
export function faultIn(error: unknown): SiteFault {
  if (error instanceof SiteFault) return error;
  throw error;
}

/** In characters. */
const LONGEST_ADDRESS = 160;

/** An address as messages quote it. */
export function shortAddress(url: URL): string {
  const whole = `${url.origin}${url.pathname}${url.search}`;
  return whole.length <= LONGEST_ADDRESS ? whole : `${whole.slice(0, LONGEST_ADDRESS)}…`;
}
