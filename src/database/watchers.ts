/**
 * Those who want to hear of commits, and what hears of the commits of other processes on their behalf: it is
 * started with the first of them and stopped with the last.
 */
export class Watchers {
  private readonly listeners = new Set<() => void>();
  private stop: () => void = () => undefined;

  /** @param listen starts to listen, calls `tell` from then on, and returns what ends it */
  constructor(private readonly listen: (tell: () => void) => () => void) {}

  /** Returns what takes the listener out again. */
  add(listener: () => void): () => void {
    const mine = () => listener();
    this.listeners.add(mine);
    if (this.listeners.size === 1) this.stop = this.listen(() => this.tell());
    return () => {
      if (this.listeners.delete(mine) && this.listeners.size === 0) this.stop();
    };
  }

  tell(): void {
    for (const listener of [...this.listeners]) listener();
  }

  close(): void {
    if (this.listeners.size > 0) this.stop();
    this.listeners.clear();
  }
}
