/** The rests of a loop that looks for work again and again: somebody who has some cuts them short. */
export class Rest {
  private end: () => void = () => undefined;

  /** Resolves after so many milliseconds, or when it is cut short; at once where the loop is to stop. */
  take(milliseconds: number, stopping: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.end = () => {
        clearTimeout(timer);
        resolve();
      };
      if (stopping.aborted) this.end();
    });
  }

  cutShort(): void {
    this.end();
  }
}
