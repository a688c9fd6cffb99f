import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { FastifyBaseLogger } from 'fastify';
import type { Actor } from '../core/actor';
import type { Effort } from '../core/effort';
import type { RequestTrace } from '../graphql/errors';
import type { Making } from './answers';

declare module 'fastify' {
  interface FastifyRequest {
    /** Its time was over before it was answered. */
    isLate: boolean;
    /** Its client went away before it was answered. */
    readonly isGone: boolean;
  }
}

/** A request as those need it who answer it, whether Fastify has brought it or the straight path. */
export interface AnyRequest {
  readonly id: string;
  readonly log: FastifyBaseLogger;
  readonly raw: IncomingMessage;
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** Of the client: of X-Forwarded-For only what proxies that are trusted say. */
  readonly ip: string;
  readonly body: unknown;
  readonly actor: Actor | null;
  trace: RequestTrace | null;
  effort: Effort | null;
  making: Making | null;
  /** Its time was over before it was answered. */
  isLate: boolean;
  /** Its client went away before it was answered. */
  readonly isGone: boolean;
}

/** What is said of an answer before it is sent. */
export interface AnyReply {
  readonly statusCode: number;
  code(status: number): unknown;
  header(name: string, value: string | number): unknown;
  getHeader(name: string): unknown;
  removeHeader(name: string): unknown;
}

/** What is sent: as it is, or an object as JSON; null for nothing. */
export type Payload = string | Buffer | object | null;
