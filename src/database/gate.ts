import { DatabaseUnavailable } from '../core/errors';

/** Lets calls in until it is closed, and closing waits for those that are inside. */
export class Gate {
  private inside = 0;
  private closed = false;
  private readonly empty: Promise<void>;
  private announceEmpty: () => void = () => undefined;

  constructor() {
    this.empty = new Promise((resolve) => {
      this.announceEmpty = resolve;
    });
  }

  async run<T>(work: () => T | Promise<T>): Promise<T> {
    if (this.closed) throw new DatabaseUnavailable('it has been closed');
    this.inside++;
    try {
      return await work();
    } finally {
      this.inside--;
      if (this.closed && this.inside === 0) this.announceEmpty();
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.inside === 0) this.announceEmpty();
    await this.empty;
  }
}
