export interface StreamParts<S, T> {
  /** What becomes of an item; null for nothing. */
  map(item: S): T | null | Promise<T | null>;
  /** The last item of a stream that fails. Default: none, and the failure is thrown. */
  failed?(error: unknown): T;
  /** Told once, when the stream has ended, however it did. */
  ended?(): void;
}

/**
 * What becomes of the items of a source, one after the other as they are asked for. Unlike an async generator it
 * can be told to return while it waits for the source, which then has to end.
 */
export class Stream<S, T> implements AsyncGenerator<T, undefined, undefined> {
  private last: T | null = null;
  private over = false;
  private told = false;

  constructor(
    private readonly source: AsyncIterator<S, unknown, undefined>,
    private readonly parts: StreamParts<S, T>,
  ) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    try {
      while (!this.over) {
        const item = await this.source.next();
        if (item.done) break;
        const value = await this.parts.map(item.value);
        if (value !== null && !this.over) return { done: false, value };
      }
    } catch (error) {
      if (this.parts.failed === undefined) {
        await this.return();
        throw error;
      }
      await this.finish(this.last ?? this.parts.failed(error));
    }
    const value = this.last;
    this.last = null;
    await this.return();
    return value === null ? { done: true, value: undefined } : { done: false, value };
  }

  /** Ends the stream, after one item that its reader still gets. */
  async finish(last: T): Promise<void> {
    if (this.over) return;
    this.last = last;
    await this.return();
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.over = true;
    if (!this.told) {
      this.told = true;
      this.parts.ended?.();
      await this.source.return?.();
    }
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<IteratorResult<T, undefined>> {
    await this.return();
    throw error;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}
