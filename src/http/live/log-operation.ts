import type { RequestTrace } from '../../graphql/errors';
import type { LiveConnection } from './live-connections';

/** One line for each operation, as there is one for each request: never the query or its variables. */
export function logOperation(
  { transport, actor, log }: LiveConnection,
  { operationName, errorCodes }: RequestTrace,
): void {
  const facts = {
    transport,
    operation: operationName ?? undefined,
    actor: actor.kind === 'ANONYMOUS' ? undefined : actor.name,
    errors: errorCodes.length > 0 ? errorCodes : undefined,
  };
  log.info(facts, 'Operation');
}
