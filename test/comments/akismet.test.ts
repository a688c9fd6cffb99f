import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Akismet } from '../../src/comments';
import type { CheckedComment } from '../../src/comments/pipeline';
import { NOW } from '../support/archive';

const comment: CheckedComment = {
  ...{ text: 'Cheap\npills & سلام', isReply: true, name: 'Amina', email: 'secret@private.example' },
  ...{ address: '203.0.113.9', userAgent: 'A browser', path: '/news/گذرگاه', language: 'fa-AF', at: NOW },
};

type Handler = (response: ServerResponse, request: IncomingMessage) => void;

describe('Akismet', () => {
  let server: Server;
  let handler: Handler = () => undefined;
  let bodies: URLSearchParams[] = [];
  const lines: unknown[] = [];
  const note = (facts: object, message: string) => void lines.push({ facts, message });
  const log = { debug: note, info: note, warn: note, error: note };

  beforeAll(async () => {
    server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk) => {
        text += String(chunk);
      });
      request.on('end', () => {
        bodies.push(new URLSearchParams(text));
        handler(response, request);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const check = (answer: Handler, timeout = 2_000) => {
    handler = answer;
    bodies = [];
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    return new Akismet({ key: 'a-key-of-ours', site: 'https://news.example', url, timeout }, log).check(
      comment,
    );
  };

  test('is asked as its documentation says', async () => {
    let path: string | undefined;
    const answer: Handler = (response, request) => {
      path = request.url;
      response.end('false');
    };
    expect(await check(answer)).toBe('FINE');
    expect(path).toBe('/1.1/comment-check');
    expect(Object.fromEntries(bodies[0] ?? [])).toEqual({
      ...{
        api_key: 'a-key-of-ours',
        blog: 'https://news.example',
        blog_charset: 'UTF-8',
        blog_lang: 'fa_AF',
      },
      ...{ comment_type: 'reply', comment_author: 'Amina', comment_author_email: 'secret@private.example' },
      ...{ comment_content: 'Cheap\npills & سلام', comment_date_gmt: new Date(NOW).toISOString() },
      permalink: 'https://news.example/news/%DA%AF%D8%B0%D8%B1%DA%AF%D8%A7%D9%87',
      ...{ user_ip: '203.0.113.9', user_agent: 'A browser' },
    });
  });

  test.each<[string, string, Handler]>([
    ['true', 'SPAM', (response) => response.end('true')],
    [
      'true, and to be thrown away',
      'SPAM',
      (response) => response.setHeader('X-akismet-pro-tip', 'discard').end('true'),
    ],
    ['a wrong key', 'UNSURE', (response) => response.end('invalid')],
    ['garbage', 'UNSURE', (response) => response.end('<html>true</html>')],
    ['nothing', 'UNSURE', (response) => response.end()],
    ['500', 'UNSURE', (response) => response.writeHead(500).end('true')],
    ['a redirect', 'UNSURE', (response) => response.writeHead(302, { location: '/elsewhere' }).end()],
    ['no HTTP', 'UNSURE', (response) => response.socket?.end('nonsense')],
    ['a line that breaks', 'UNSURE', (response) => response.socket?.destroy()],
    ['an answer without end', 'UNSURE', (response) => endless(response)],
  ])('answers %s: %s', async (_, expected, answer) => {
    expect(await check(answer)).toBe(expected);
  });

  test.each<[string, Handler]>([
    ['answers too late', () => undefined],
    ['stops in the middle', (response) => response.write('tr')],
  ])('that %s is no error', async (_, answer) => {
    expect(await check(answer, 100)).toBe('UNSURE');
  });

  test('that is not there is no error, and no line of the log has a word of the comment', async () => {
    const gone = new Akismet(
      { key: 'k', site: 'https://news.example', url: 'http://127.0.0.1:1', timeout: 500 },
      log,
    );
    expect(await gone.check(comment)).toBe('UNSURE');
    expect(lines.length).toBeGreaterThan(5);
    expect(JSON.stringify(lines)).not.toMatch(/pills|Amina|secret|203\.0|a-key-of-ours/);
  });
});

function endless(response: ServerResponse): void {
  const more = () => {
    while (response.writable && response.write('true'.repeat(1_000)));
    if (response.writable) response.once('drain', more);
  };
  more();
}
