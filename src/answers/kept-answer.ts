import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Instant } from '../core/clock';
import { EVERYTHING } from './footprint';

export type Coding = 'br' | 'gzip' | 'identity';

/** Bytes below which compressing costs more than it saves. */
const COMPRESS_ABOVE = 1_024;
/** Of 11: what the higher levels save on an answer is less than what they take to make. */
const BROTLI_QUALITY = 4;
/** Bytes that an answer takes beside what is sent, and each of its tags. */
const OVERHEAD = 1_000;
const PER_TAG = 150;

const compressors = {
  br: promisify(brotliCompress),
  gzip: promisify(gzip),
};

export interface AnswerParts {
  readonly key: string;
  readonly text: string;
  readonly contentType: string;
  readonly operationName: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  readonly madeAt: Instant;
  /** From then on it may be another; Infinity for never. */
  readonly validUntil: Instant;
}

/** An answer as it is sent, with what it was read from. Its compressed forms are made once, off the event loop. */
export class KeptAnswer {
  readonly key: string;
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly operationName: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  readonly validUntil: Instant;
  /** The tags for a CDN, with spaces between them. */
  readonly surrogateKey: string;
  private readonly madeAt: Instant;
  private readonly hash: string;
  private readonly forms: Partial<Record<Coding, Buffer | Promise<Buffer>>> = {};

  constructor({
    key,
    text,
    contentType,
    operationName,
    headers = {},
    tags,
    madeAt,
    validUntil,
  }: AnswerParts) {
    this.key = key;
    this.bytes = Buffer.from(text);
    this.contentType = contentType;
    this.operationName = operationName;
    this.headers = headers;
    this.tags = tags;
    this.madeAt = madeAt;
    this.validUntil = validUntil;
    this.surrogateKey = [EVERYTHING, ...tags].join(' ');
    this.hash = createHash('sha256').update(this.bytes).digest('base64url').slice(0, 24);
  }

  /** What it takes in memory, about: the compressed forms are counted before they are made. */
  get size(): number {
    const { key, bytes, tags } = this;
    return OVERHEAD + 2 * key.length + Math.ceil(1.6 * bytes.length) + PER_TAG * tags.length;
  }

  /** A clock that was put back makes no answer younger than it is. */
  isTrueAt(now: Instant): boolean {
    return now >= this.madeAt && now < this.validUntil;
  }

  /** The coding that it is sent in to who takes this one. */
  codingFor(wanted: Coding): Coding {
    return this.bytes.length < COMPRESS_ABOVE ? 'identity' : wanted;
  }

  /** Strong: another one for other bytes, and so for each coding. */
  etag(coding: Coding): string {
    return coding === 'identity' ? `"${this.hash}"` : `"${this.hash}-${coding}"`;
  }

  in(coding: Coding): Buffer | Promise<Buffer> {
    if (coding === 'identity') return this.bytes;
    this.forms[coding] ??= this.compress(coding);
    return this.forms[coding];
  }

  private async compress(coding: 'br' | 'gzip'): Promise<Buffer> {
    const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY };
    const form = await (coding === 'br'
      ? compressors.br(this.bytes, { params })
      : compressors.gzip(this.bytes));
    this.forms[coding] = form;
    return form;
  }
}
