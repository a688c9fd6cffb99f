import { ConfigError } from './config';
import { causes, faultReport, messageOf, publicError } from './core/faults';

/** An error whose message is written for whoever runs the command. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** What the system says in codes, in words; each follows what was being done. */
const SYSTEM: Readonly<Record<string, string>> = {
  EADDRINUSE: 'The port is taken by another program. Set PORT to another one.',
  EADDRNOTAVAIL: 'This machine does not have the address in HOST.',
  EACCES: 'Permission is missing',
  EPERM: 'Permission is missing',
  ENOENT: 'There is no such file',
  EISDIR: 'That is a folder, not a file',
  ENOTDIR: 'Part of the path is a file, not a folder',
  ENOSPC: 'The disk is full',
  EPIPE: 'Whoever read the output has gone.',
  EROFS: 'The disk can only be read',
};

/** Why a command or the start failed, as one or a few sentences without a stack. */
export function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof CommandError) return error.message;
  const known = publicError(error);
  if (known) return known.message;
  for (const each of causes(error)) {
    const sentence = systemSentence(each);
    if (sentence) return sentence;
  }
  return `Something unexpected went wrong: ${messageOf(causes(error).at(-1))}`;
}

/** The same for who asked for details: types, messages and stacks of the whole chain. */
export function details(error: unknown): string {
  const lines: string[] = [];
  for (
    let report: ReturnType<typeof faultReport> | undefined = faultReport(error);
    report;
    report = report.cause
  ) {
    lines.push(`${report.type}: ${report.message}`, ...report.frames.map((frame) => `    ${frame}`));
  }
  return lines.join('\n');
}

function systemSentence(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  const sentence = SYSTEM[String(error.code)];
  if (sentence === undefined || sentence.endsWith('.')) return sentence;
  return 'path' in error && typeof error.path === 'string' ? `${sentence}: ${error.path}` : `${sentence}.`;
}
