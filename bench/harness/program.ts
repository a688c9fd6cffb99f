/** What programs of the bench say, and how they end. */

/** To whoever waits, on standard error: progress goes without a line break. */
export function say(text: string): void {
  process.stderr.write(text);
}

/** A line of the result. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Runs a program; what it throws is said, with DEBUG=1 from where, and makes it end with 1. */
export function run(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    const told = process.env.DEBUG ? 'stack' : 'message';
    say(`${error instanceof Error ? error[told] : String(error)}\n`);
    process.exitCode = 1;
  });
}
