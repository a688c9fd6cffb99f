import { print, run } from './program';

/** A number that a program takes: what it is when it is left out, and what it says. */
type Numbers<Name extends string> = Readonly<Record<Name, readonly [usual: number, meaning: string]>>;

/**
 * Runs a program that takes numbers, in the order of `numbers`, after what else `command` names. Each may be left out with
 * all that follow it. `--help` tells of them, and so does the error where one is none, or where there are too many.
 */
export function runWithNumbers<Name extends string>(
  command: string,
  numbers: Numbers<Name>,
  main: (given: Readonly<Record<Name, number>>) => Promise<void>,
  args: readonly string[] = process.argv.slice(2),
): void {
  run(async () => {
    if (args.some((arg) => arg === '--help' || arg === '-h')) return print(help(command, numbers));
    await main(read(command, numbers, args));
  });
}

function help<Name extends string>(command: string, numbers: Numbers<Name>): string {
  const known = Object.entries<Numbers<Name>[Name]>(numbers);
  const lines = known.map(([name, [usual, meaning]]) => `  ${name.padEnd(12)}${meaning} (${usual})`);
  return [`npm run ${command} ${known.map(([name]) => `[${name}]`).join(' ')}`, '', ...lines].join('\n');
}

function read<Name extends string>(
  command: string,
  numbers: Numbers<Name>,
  args: readonly string[],
): Record<Name, number> {
  const names = Object.keys(numbers) as Name[];
  const wrong = (problem: string) => new Error(`${problem}\n\n${help(command, numbers)}`);
  if (args.length > names.length) throw wrong(`What is ${args[names.length]} for?`);
  const given = names.map((name, index) => {
    const value = Number(args[index] ?? numbers[name][0]);
    if (!(value > 0)) throw wrong(`${name} must be a number above 0; it is ${args[index]}`);
    return [name, value] as const;
  });
  return Object.fromEntries(given) as Record<Name, number>;
}
