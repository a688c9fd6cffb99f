/**
 * The ceiling of the comparison: no framework and no GraphQL, a bare HTTP server over hand-written SQL. It
 * knows four operations by name and gives the same JSON as the GraphQL servers, with the same visibility.
 * Nothing is remembered between two requests.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import Sqlite from 'better-sqlite3';
import { articlePage } from './floor/article-page';
import { commentsPage } from './floor/comments';
import { categoryPage, frontPage } from './floor/lists';
import { type Answer, planningOnce, type Variables } from './floor/parts';

interface Request {
  readonly operationName: string;
  readonly variables?: Variables;
}

/** As Dateline opens its reading connection. */
const CACHE_KIB = 32 * 1_024;

function open(file: string): ReadonlyMap<string, Answer> {
  const db = planningOnce(new Sqlite(file, { readonly: true, fileMustExist: true }));
  db.pragma(`cache_size = -${CACHE_KIB}`);
  db.pragma('temp_store = memory');
  return new Map([
    ['FrontPage', frontPage(db)],
    ['CategoryPage', categoryPage(db)],
    ['ArticlePage', articlePage(db)],
    ['CommentsPage', commentsPage(db)],
  ]);
}

function serve(answers: ReadonlyMap<string, Answer>, text: string, response: ServerResponse): void {
  try {
    const request: Request = JSON.parse(text);
    const answer = answers.get(request.operationName);
    if (answer) end(response, 200, answer(request.variables ?? {}));
    else end(response, 400, '{"errors":[{"message":"Unknown operation"}]}');
  } catch (error) {
    const message = error instanceof Error ? error.message : 'Fault';
    end(response, 400, JSON.stringify({ errors: [{ message }] }));
  }
}

function end(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

const answers = open(process.env.DATABASE_URL ?? '');
const server = createServer({ keepAliveTimeout: 60_000 }, (request: IncomingMessage, response) => {
  let text = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => {
    text += chunk;
  });
  request.on('end', () => serve(answers, text, response));
});
server.listen(Number(process.env.PORT), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
