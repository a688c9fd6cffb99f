import { createHash } from 'node:crypto';
import type { Instant } from '../core/clock';
import { COMPRESS_ABOVE, type Coding, compress } from '../core/compression';
import { EVERYTHING } from './footprint';

/** Bytes that an answer takes beside what is sent, and each of its tags. */
const OVERHEAD = 1_000;
const PER_TAG = 150;

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

/** An answer as it is sent, with what it was read from. Its compressed forms are made once. */
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
    this.forms[coding] ??= this.form(coding);
    return this.forms[coding];
  }

  private form(coding: 'br' | 'gzip'): Buffer | Promise<Buffer> {
    const form = compress(this.bytes, coding);
    if (form instanceof Promise) {
      form.then(
        (bytes) => {
          this.forms[coding] = bytes;
        },
        () => {
          // Who waits for it is told. The next one may have more luck.
          delete this.forms[coding];
        },
      );
    }
    return form;
  }
}
