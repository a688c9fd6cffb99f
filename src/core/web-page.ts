/** Pages for people and documents for programs, between the rooms that make them and the one that serves them. */
import type { Readable } from 'node:stream';
import type { Instant } from './clock';

export interface PageRequest {
  /** What stands behind the place of the pages, percent-decoded; null at the place itself. */
  readonly path: string | null;
  readonly query: URLSearchParams;
  readonly requestId: string;
}

/** The same of documents for programs; what stands behind their place has been divided at the slashes. */
export interface DocumentRequest extends Omit<PageRequest, 'path'> {
  readonly path: readonly string[];
  /** Where what is read is to be noted, if the document may be kept. */
  readonly footprint?: unknown;
}

export type PageAnswer = ShownPage | Redirection;

export interface ShownPage {
  readonly status: 200 | 400 | 404;
  readonly type: 'text/html' | 'image/svg+xml';
  readonly text: string;
  /** What it may load and do, as a Content-Security-Policy. */
  readonly policy: string;
  /** Of the text. */
  readonly language: string;
}

export type DocumentAnswer = WebDocument | Redirection | Refusal;

/** A document for programs. */
export interface WebDocument {
  readonly status: 200;
  readonly type: string;
  readonly body: string | Readable;
  /** What tells this state of the document from others; the body itself when absent. */
  readonly version?: string;
  /**
   * It may be kept for as long as what its context has read is as it was, and no longer than until then; never when
   * absent, e.g. of what was read past the context.
   */
  readonly keepUntil?: Instant;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Why there is no document. */
export interface Refusal {
  readonly status: 400 | 403 | 404 | 410 | 501 | 503;
  readonly code: string;
  readonly message: string;
}

export interface Redirection {
  /** 301 for good; 303 for what a form has sent. */
  readonly status: 301 | 303;
  /** Relative to the address of the request. */
  readonly location: string;
}
