import type { Refusal } from '../core/web-page';

/** @param message names what was asked for, and what there is */
export function notFound(message: string): Refusal {
  return { status: 404, code: 'NOT_FOUND', message };
}
