import type { z } from 'zod';
import { DatelineError } from '../../core/errors';

/** Why a file is not imported. `line` counts from 1. */
export function refusal(line: number, problem: string, field?: string): DatelineError {
  const where = field === undefined ? '' : `, field "${field}"`;
  return new DatelineError('BAD_USER_INPUT', `Line ${line}${where}: ${problem} Nothing was imported.`, {
    line,
    ...(field === undefined ? {} : { field }),
  });
}

/** The refusal of a line that does not have the form that its type asks for. */
export function malformed(line: number, error: z.ZodError): DatelineError {
  const [issue] = error.issues;
  const field = (issue?.path ?? []).reduce<string>(
    (path, step) => (typeof step === 'number' ? `${path}[${step}]` : `${path}${path && '.'}${String(step)}`),
    '',
  );
  const problem = `${issue?.message ?? 'This is not what it should be'}`.replace(/[^.]$/, '$&.');
  return field === '' ? refusal(line, problem) : refusal(line, problem, field);
}
