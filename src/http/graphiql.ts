import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import type { Example } from './examples';

/**
 * Nothing is loaded from or sent to another host. The editor writes its own style elements, so those may be
 * inline; scripts may not, and code from strings is not run.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32" role="img" aria-label="Dateline">' +
  '<rect width="32" height="32" rx="6" fill="#1d3557"/><path d="M6 9h20M6 16h12M6 23h20" stroke="#fff" stroke-width="3"/>' +
  '<circle cx="24" cy="16" r="3" fill="#e63946"/></svg>';

/** Starts GraphiQL with the options that the page carries as data, and with workers of our own host. */
const START = `'use strict';
self.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (_module, label) => new URL('graphiql/' + label + '.worker.js', document.baseURI).href,
};
YogaGraphiQL.renderYogaGraphiQL(
  document.getElementById('root'),
  JSON.parse(document.getElementById('options').textContent),
);
`;

interface Asset {
  readonly type: string;
  readonly text: string;
  readonly etag: string;
  /** Made at the first request that wants it: most processes never serve the page. */
  zipped?: Promise<Buffer>;
}

/** Serves GraphiQL at `/`, whole from this host, with the examples as tabs. */
export function serveGraphiql(server: FastifyInstance, examples: readonly Example[]): void {
  const page = renderPage(examples);
  const config = { credentials: 'ignored' } as const;
  server.get('/', { config }, async (_request, reply) => {
    reply.headers(pageHeaders('text/html; charset=utf-8')).header('cache-control', 'no-cache');
    return page;
  });
  server.get<{ Params: { file: string } }>(
    '/graphiql/:file',
    { compress: false, config },
    async (request, reply) => {
      const asset = (await loadAssets()).get(request.params.file);
      if (!asset) return reply.callNotFound();
      reply.headers(pageHeaders(asset.type));
      // The names are the same in every version: the browser asks each time, and is told that nothing changed.
      reply.headers({ 'cache-control': 'no-cache', etag: asset.etag, vary: 'accept-encoding' });
      if (request.headers['if-none-match'] === asset.etag) return reply.code(304).send();
      if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return asset.text;
      asset.zipped ??= promisify(gzip)(asset.text);
      return reply.header('content-encoding', 'gzip').send(await asset.zipped);
    },
  );
}

function pageHeaders(type: string): Record<string, string> {
  return {
    'content-type': type,
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
}

/** The page itself; what it loads, `serveGraphiql` serves. */
export function renderPage(examples: readonly Example[]): string {
  const options = {
    title: 'Dateline',
    logo: LOGO,
    endpoint: 'graphql',
    // From graphql/stream, with the headers that are typed in, which a WebSocket could not take along.
    subscriptionsProtocol: 'GRAPHQL_SSE',
    // A token that was typed in once must not lie in the browser's storage for ever.
    shouldPersistHeaders: false,
    ...(examples.length > 0 && { defaultTabs: examples }),
  };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Dateline</title>
<link rel="icon" type="image/svg+xml" href="graphiql/icon.svg">
<link rel="stylesheet" href="graphiql/graphiql.css">
<style>html, body, #root { height: 100%; margin: 0; }</style>
</head>
<body>
<noscript>GraphiQL needs JavaScript. The API itself is at /graphql.</noscript>
<div id="root"></div>
<script type="application/json" id="options">${asScriptData(options)}</script>
<script src="graphiql/graphiql.js"></script>
<script src="graphiql/start.js"></script>
</body>
</html>
`;
}

/** JSON in which no "</script>" can end the element. */
function asScriptData(value: unknown): string {
  return JSON.stringify(value).replace(/</g, '\\u003c');
}

let assets: Promise<ReadonlyMap<string, Asset>> | undefined;

/** The parts of the page. Nine megabytes, so they are loaded when the page is first opened. */
function loadAssets(): Promise<ReadonlyMap<string, Asset>> {
  assets ??= import('@graphql-yoga/render-graphiql/graphiql').then((parts) => {
    const script = 'text/javascript; charset=utf-8';
    const files: [name: string, type: string, text: string][] = [
      ['graphiql.js', script, parts.js],
      ['graphiql.css', 'text/css; charset=utf-8', parts.css],
      ['start.js', script, START],
      ['icon.svg', 'image/svg+xml', LOGO],
      ['editorWorkerService.worker.js', script, parts.editorWorkerService],
      ['json.worker.js', script, parts.jsonWorker],
      ['graphql.worker.js', script, parts.graphqlWorker],
    ];
    return new Map(files.map(([name, type, text]) => [name, { type, text, etag: etagOf(text) }]));
  });
  return assets;
}

function etagOf(text: string): string {
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
}
