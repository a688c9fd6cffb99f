/** What one operation may ask for, out of the settings. */
import type { z } from 'zod';
import type { settings } from './config.settings';
import type { LimitSettings } from './graphql/limits/limits';

export function limitsIn(data: z.infer<typeof settings>): LimitSettings {
  return Object.freeze({
    document: Object.freeze({
      tokens: data.QUERY_TOKENS,
      depth: data.QUERY_DEPTH,
      fields: data.QUERY_FIELDS,
      rootFields: data.QUERY_ROOT_FIELDS,
      aliases: data.QUERY_ALIASES,
      directives: data.QUERY_DIRECTIVES,
    }),
    variables: Object.freeze({ values: data.VARIABLE_VALUES, depth: data.VARIABLE_DEPTH }),
    cost: Object.freeze({
      anonymous: data.COST_ANONYMOUS,
      reader: data.COST_READER,
      partner: data.COST_PARTNER,
      newsroom: data.COST_NEWSROOM,
    }),
  });
}
