import type { FastifyBaseLogger } from 'fastify';
import pino, { type Bindings, type ChildLoggerOptions, type LevelWithSilent } from 'pino';

type Level = Exclude<LevelWithSilent, 'silent'>;

/**
 * The log of one request: its parent with the request's id. It is made when there is something to write, for most requests
 * have nothing to say at the level that is asked for, and to make one takes longer than to find them an anonymous actor.
 */
export class RequestLog implements FastifyBaseLogger {
  private made: FastifyBaseLogger | null = null;

  constructor(
    private readonly parent: FastifyBaseLogger,
    private readonly bindings: Bindings,
    private readonly options?: ChildLoggerOptions,
  ) {}

  get level(): string {
    return (this.made ?? this.parent).level;
  }

  set level(level: string) {
    this.own.level = level;
  }

  trace(...given: unknown[]): void {
    this.write('trace', given);
  }

  debug(...given: unknown[]): void {
    this.write('debug', given);
  }

  info(...given: unknown[]): void {
    this.write('info', given);
  }

  warn(...given: unknown[]): void {
    this.write('warn', given);
  }

  error(...given: unknown[]): void {
    this.write('error', given);
  }

  fatal(...given: unknown[]): void {
    this.write('fatal', given);
  }

  silent(): void {}

  child(bindings: Bindings, options?: ChildLoggerOptions): FastifyBaseLogger {
    return this.own.child(bindings, options);
  }

  private get own(): FastifyBaseLogger {
    this.made ??= this.parent.child(this.bindings, this.options);
    return this.made;
  }

  private write(level: Level, given: unknown[]): void {
    if (!isWritten(this, level)) return;
    const { own } = this;
    Reflect.apply(own[level], own, given);
  }
}

/** Whether a line of the level would be written, for who would have to put it together. */
export function isWritten({ level }: FastifyBaseLogger, of: Level): boolean {
  const { values } = pino.levels;
  return (values[of] ?? 0) >= (values[level] ?? Number.POSITIVE_INFINITY);
}
