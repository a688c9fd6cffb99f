/** What one operation may ask for, and which are known beforehand, out of the settings. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import type { settings } from './config.settings';
import type { LimitSettings } from './graphql/limits/limits';
import { type Manifest, readManifest } from './graphql/persisted/manifest';
import type { PersistedParts } from './graphql/persisted/persisted-operations';

/** That of the operations which come with Dateline: one level above src/ and dist/. */
export const MANIFEST = join(__dirname, '..', 'schema', 'operations', 'persisted-query-manifest.json');

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

/** @returns a sentence instead where the manifest cannot be read */
export function persistedIn(data: z.infer<typeof settings>): PersistedParts | string {
  const only = data.OPERATIONS === 'listed';
  const path = data.OPERATIONS_MANIFEST ?? MANIFEST;
  const none: Manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations: [] };
  if (data.OPERATIONS_MANIFEST === null && !existsSync(path)) return { manifest: none, only };
  try {
    return { manifest: readManifest(readFileSync(path, 'utf8')), only };
  } catch {
    return 'The file of OPERATIONS_MANIFEST is no manifest. Make it with "dateline operations" or with generate-persisted-query-manifest.';
  }
}
