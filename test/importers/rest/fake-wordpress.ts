import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { WordPressContent } from './wordpress-content';
import { answerOf, type RestError, type SiteSettings } from './wordpress-routes';

/** What goes wrong with one answer. */
export type Trouble =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: string;
    }
  | { readonly kind: 'broken-json' | 'reset' | 'hang' | 'cut' | 'html' | 'endless' }
  /** PHP's messages before the data, or a byte order mark. */
  | { readonly kind: 'before'; readonly text: string }
  | { readonly kind: 'redirect'; readonly to: string };

export interface Asked {
  readonly route: string;
  readonly parameters: URLSearchParams;
  readonly authorization: string | null;
}

export type Interference = (asked: Asked, count: number) => Trouble | undefined;

/** A site that answers like WordPress, over HTTP. */
export class FakeWordPress {
  readonly asked: Asked[] = [];
  /** Looks at each request before it is answered: may change the content, and may make trouble. */
  interfere: Interference = () => undefined;
  readonly settings: SiteSettings = {
    plainPermalinks: false,
    hiddenAt: null,
    closed: new Set(),
    mostPerPage: 100,
    ignores: new Set(),
  };
  /** Milliseconds that an answer takes. */
  latency = 0;
  /** The most requests that were under way at once. */
  mostAtOnce = 0;
  private atOnce = 0;

  private constructor(
    private readonly server: Server,
    readonly content: WordPressContent,
    readonly address: string,
  ) {}

  static async start(home = 'https://news.example'): Promise<FakeWordPress> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const site = new FakeWordPress(server, new WordPressContent(home), `http://127.0.0.1:${port}`);
    server.on('request', (request, response) => void site.answer(request, response));
    return site;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Forgets what was asked so far. */
  forget(): void {
    this.asked.length = 0;
    this.mostAtOnce = 0;
  }

  /** Routes that were asked for, with how often. */
  counts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { route } of this.asked) counts[route] = (counts[route] ?? 0) + 1;
    return counts;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    response.on('close', () => {
      this.atOnce -= 1;
    });
    if (this.latency > 0) await setTimeout(this.latency);
    const url = new URL(request.url ?? '/', this.address);
    const route = this.routeOf(url);
    if (route === null) {
      this.page(response, url);
      return;
    }
    const parameters = new URLSearchParams(url.search);
    parameters.delete('rest_route');
    const asked = { route, parameters, authorization: request.headers.authorization ?? null };
    this.asked.push(asked);
    const trouble = this.interfere(asked, this.asked.length) ?? undefined;
    if (trouble && (await this.makeTrouble(trouble, response))) return;
    const { status, body, headers } = answerOf(this.content, this.settings, asked);
    const text = JSON.stringify(body);
    response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8', ...headers });
    if (trouble?.kind === 'broken-json') response.end(text.slice(0, Math.ceil(text.length / 2)));
    else if (trouble?.kind === 'before') response.end(trouble.text + text);
    else if (trouble?.kind === 'cut') {
      response.write(text.slice(0, Math.ceil(text.length / 2)));
      setImmediate(() => response.destroy());
    } else response.end(text);
  }

  /** Null for a page of the site, which is no part of the API. */
  private routeOf(url: URL): string | null {
    const query = url.searchParams.get('rest_route');
    const { hiddenAt, plainPermalinks } = this.settings;
    if (query !== null) return hiddenAt === null ? query.replace(/^\/|\/$/g, '') : null;
    const prefix = hiddenAt ?? '/wp-json/';
    if (plainPermalinks || !`${url.pathname}/`.startsWith(prefix)) return null;
    return url.pathname.slice(prefix.length).replace(/\/$/g, '');
  }

  private page(response: ServerResponse, url: URL): void {
    const there = url.pathname === '/';
    response.writeHead(there ? 200 : 404, { 'content-type': 'text/html; charset=UTF-8' });
    const { hiddenAt } = this.settings;
    const link = hiddenAt === null ? '' : `<link rel="https://api.w.org/" href="${hiddenAt}" />`;
    const title = there ? 'News' : 'Page not found';
    response.end(
      `<!DOCTYPE html><html dir="ltr" lang="en-GB"><head><title>${title}</title>${link}</head><body></body></html>`,
    );
  }

  private async makeTrouble(trouble: Trouble, response: ServerResponse): Promise<boolean> {
    switch (trouble.kind) {
      case 'status':
        response.writeHead(trouble.status, { 'content-type': 'text/html', ...trouble.headers });
        response.end(trouble.body ?? '<html><title>Trouble</title></html>');
        return true;
      case 'html':
        response.writeHead(200, { 'content-type': 'text/html' });
        response.end(
          '<html><head><title>Briefly unavailable for scheduled maintenance</title></head></html>',
        );
        return true;
      case 'redirect':
        response.writeHead(301, { location: trouble.to });
        response.end();
        return true;
      case 'reset':
        response.socket?.resetAndDestroy();
        return true;
      case 'hang':
        return true;
      case 'endless':
        response.writeHead(200, { 'content-type': 'application/json' });
        await pipeline(Readable.from(spaces()), response).catch(() => undefined);
        return true;
      default:
        return false;
    }
  }
}

function* spaces(): Generator<string, void, undefined> {
  for (;;) yield ' '.repeat(65_536);
}

export type { RestError };
