import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloServerErrorCode } from '@apollo/server/errors';

/** Mistakes in an operation, rather than in the request that brings it. */
const MISTAKES = new Set<unknown>([
  ApolloServerErrorCode.GRAPHQL_PARSE_FAILED,
  ApolloServerErrorCode.GRAPHQL_VALIDATION_FAILED,
  ApolloServerErrorCode.BAD_USER_INPUT,
]);

/**
 * Answers a well-formed request with status 200 where its client takes `application/json` and nothing else, whatever is
 * wrong with the operation: such clients take other statuses for those of something on the way (GraphQL over HTTP, 6.4.1).
 */
export const plainJsonStatus: ApolloServerPlugin = {
  requestDidStart: async () => ({
    willSendResponse: async ({ request: { http }, response }) => {
      if (response.http.status !== 400 || !takesOnlyJson(http?.headers.get('accept'))) return;
      const errors = response.body.kind === 'single' ? response.body.singleResult.errors : undefined;
      if (errors?.every(({ extensions }) => MISTAKES.has(extensions?.code))) response.http.status = 200;
    },
  }),
};

function takesOnlyJson(accept: string | undefined): boolean {
  return accept?.split(',').every((range) => /^\s*application\/json\s*(;|$)/i.test(range)) ?? false;
}
