/** The documents of syndication over real HTTP. */

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { SaxesParser } from 'saxes';
import { validateXML } from 'xmllint-wasm';
import { AnswerCache } from '../../src/answers';
import { createServices, requestContext } from '../../src/app';
import { ChangeFeed } from '../../src/changes';
import { ANONYMOUS } from '../../src/core/actor';
import { type Clock, heldClock } from '../../src/core/clock';
import { silentLog } from '../../src/core/log';
import type { Site } from '../../src/core/site';
import type { DocumentRequest } from '../../src/core/web-page';
import type { Database } from '../../src/database';
import { documentsOf } from '../../src/syndication';
import { type Running, start } from '../http/tiny';
import { NOW } from '../support/archive';
import { BOX } from '../support/discussions';
import { sharedData } from '../support/shared-data';

export const SITE: Site = {
  ...{ url: 'https://news.example', documents: 'https://api.example', name: 'The News & Co' },
};

export interface ServedAs {
  readonly clock?: Clock;
  readonly site?: Site;
  /** Whether documents are kept for as long as they are true. */
  readonly keeps?: boolean;
}

/** Serves the documents about a database, put together as the application does. Close the server at the end. */
export function serveDocumentsOf(
  database: Database,
  { clock = heldClock(NOW), site = SITE, keeps = false }: ServedAs = {},
): Promise<Running> {
  const changes = new ChangeFeed({ database, log: silentLog });
  const services = createServices({ database, clock, box: BOX, changes, log: silentLog, site });
  const contextFor = ({ requestId, footprint }: DocumentRequest) =>
    requestContext({ database, clock, services }, { actor: ANONYMOUS, requestId, footprint });
  const answers = keeps ? new AnswerCache({ database, clock, maxBytes: 10_000_000 }) : null;
  return start({}, { documents: documentsOf({ site, database, clock, contextFor }), answers });
}

interface Schema {
  readonly file: string;
  readonly extension: 'relaxng' | 'schema';
  /** What it includes. */
  readonly preload: readonly string[];
}

const SCHEMAS = {
  atom: { file: 'schemas/atom.rng', extension: 'relaxng', preload: [] },
  sitemap: {
    ...{ file: 'schemas/sitemap-all.xsd', extension: 'schema' },
    preload: ['schemas/sitemap.xsd', 'schemas/sitemap-news.xsd'],
  },
} as const satisfies Record<string, Schema>;

/** What an outside validator finds wrong with a document; null where its schema is absent. */
export async function wrongIn(kind: keyof typeof SCHEMAS, text: string): Promise<string[] | null> {
  const { file, extension, preload: others }: Schema = SCHEMAS[kind];
  const path = sharedData(file);
  if (path === null) return null;
  const schema = [{ fileName: 'schema.xml', contents: readFileSync(path, 'utf8') }];
  const xml = [{ fileName: 'document.xml', contents: text }];
  const preload = others.flatMap((other) => {
    const found = sharedData(other);
    return found === null ? [] : [{ fileName: basename(found), contents: readFileSync(found, 'utf8') }];
  });
  const { errors } = await validateXML({ xml, schema, extension, preload });
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
  // What ninjs says of places by reference; no document of ours has any.
  ajv.addSchema({ $id: 'https://geojson.org/schema/GeoJSON.json', type: 'object' });
  ajv.validate(schema, value);
  return ajv.errors ?? [];
}

/** The texts of all elements of a name, as a parser reads them that takes nothing else than XML. */
export function elementTexts(document: string, name: string): string[] {
  const found: string[] = [];
  let text = '';
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', () => {
    text = '';
  });
  parser.on('text', (part) => {
    text += part;
  });
  parser.on('closetag', (tag) => {
    if (tag.name === name) found.push(text);
  });
  parser.write(document).close();
  return found;
}

/** An answer that has arrived whole: one that nobody reads would keep the server from closing. */
export async function fetched(url: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  await response.clone().text();
  return response;
}
