/** The documents of syndication over real HTTP. */

import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { validateXML } from 'xmllint-wasm';
import { createServices, requestContext } from '../../src/app';
import { ChangeFeed } from '../../src/changes';
import { ANONYMOUS } from '../../src/core/actor';
import { type Clock, heldClock } from '../../src/core/clock';
import { silentLog } from '../../src/core/log';
import type { Site } from '../../src/core/site';
import type { Database } from '../../src/database';
import { documentsOf } from '../../src/syndication';
import { type Running, start } from '../http/tiny';
import { NOW } from '../support/archive';
import { BOX } from '../support/discussions';
import { sharedData } from '../support/shared-data';

export const SITE: Site = {
  ...{ url: 'https://news.example', documents: 'https://api.example', name: 'The News & Co' },
};

/** Serves the documents about a database, put together as the application does. Close the server at the end. */
export function serveDocumentsOf(
  database: Database,
  { clock = heldClock(NOW), site = SITE }: { clock?: Clock; site?: Site } = {},
): Promise<Running> {
  const changes = new ChangeFeed({ database, log: silentLog });
  const services = createServices({ database, clock, box: BOX, changes, log: silentLog, site });
  const contextFor = ({ requestId }: { requestId: string }) =>
    requestContext({ database, clock, services }, { actor: ANONYMOUS, requestId });
  return start({}, { documents: documentsOf(contextFor) });
}

const SCHEMAS = {
  atom: { file: 'schemas/atom.rng', extension: 'relaxng' },
} as const;

/** What an outside validator finds wrong with a document; null where its schema is absent. */
export async function wrongIn(kind: keyof typeof SCHEMAS, text: string): Promise<string[] | null> {
  const { file, extension } = SCHEMAS[kind];
  const path = sharedData(file);
  if (path === null) return null;
  const schema = [{ fileName: 'schema.xml', contents: readFileSync(path, 'utf8') }];
  const xml = [{ fileName: 'document.xml', contents: text }];
  const { errors } = await validateXML({ xml, schema, extension });
  return errors.map(({ rawMessage }) => rawMessage);
}

/** The same of JSON. */
export function wrongInJson(file: string, value: unknown): unknown[] | null {
  const path = sharedData(file);
  if (path === null) return null;
  const schema: { readonly $schema: string } = JSON.parse(readFileSync(path, 'utf8'));
  const options = { strict: false, allErrors: true };
  const ajv = schema.$schema.includes('2020-12') ? new Ajv2020(options) : new Ajv(options);
  addFormats(ajv);
  ajv.validate(schema, value);
  return ajv.errors ?? [];
}

/** An answer that has arrived whole: one that nobody reads would keep the server from closing. */
export async function fetched(url: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  await response.clone().text();
  return response;
}
