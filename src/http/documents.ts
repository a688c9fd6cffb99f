import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import { datelineErrorIn } from '../core/errors';
import type { DocumentAnswer, DocumentRequest } from '../core/web-page';
import type { Answers, Kept, Making } from './answers';
import { KeptSender } from './kept-sender';
import { queryOf, sendAnswer, sendProblem, sendUnavailable } from './send-document';

/** @throws DatelineError for what the client has got wrong, and SERVICE_UNAVAILABLE */
export type ShowDocument = (request: DocumentRequest) => Promise<DocumentAnswer>;

/** Where documents are, by the first part of their path; `:name` in it stands for any text, which their own path begins with. */
export type Documents = Readonly<Record<string, ShowDocument>>;

export interface DocumentParts {
  readonly documents: Documents;
  /** What is kept of them; nothing when null. */
  readonly answers: Answers | null;
  readonly config: Pick<Config, 'cdn'>;
}

const FOR_ALL = { config: { credentials: 'ignored' } } as const;
/** Characters of the longest address of which the document is kept. */
const MAX_KEPT_ADDRESS = 2_000;
const NOSNIFF = { 'x-content-type-options': 'nosniff' };

/** Serves documents for programs, such as feeds, the same for everybody: each kind at its place and below it. */
export function serveDocuments(server: FastifyInstance, { documents, answers, config }: DocumentParts): void {
  const kept = answers && { answers, sender: new KeptSender(answers, config, 'Accept-Encoding') };
  for (const [place, show] of Object.entries(documents)) {
    for (const below of ['', '/:first', '/:first/:second']) {
      server.get<{ Params: Record<string, string> }>(`/${place}${below}`, FOR_ALL, (request, reply) =>
        answer(request, reply, show, request.url.length <= MAX_KEPT_ADDRESS ? kept : null),
      );
    }
  }
}

interface Keeping {
  readonly answers: Answers;
  readonly sender: KeptSender;
}

type Asked = FastifyRequest<{ Params: Record<string, string> }>;

async function answer(
  request: Asked,
  reply: FastifyReply,
  show: ShowDocument,
  keeping: Keeping | null,
): Promise<FastifyReply> {
  try {
    const found = keeping && (await find(keeping.answers, request));
    const document = found && !('footprint' in found) ? found : await make(request, show, found);
    if ('codingFor' in document) {
      keeping?.sender.send(request, reply, document);
      return reply;
    }
    if ('location' in document)
      return reply.code(document.status).header('location', document.location).send();
    if ('message' in document) return sendProblem(request, reply, document.status, document);
    const { headers = {}, ...shown } = document;
    return sendAnswer(request, reply, { ...shown, headers });
  } catch (error) {
    const wrong = datelineErrorIn(error);
    const status = wrong && CLIENTS[wrong.code];
    if (!wrong || !status) return sendUnavailable(request, reply, error);
    return sendProblem(request, reply, status, wrong);
  }
}

/** No key of an operation begins so: those begin with what their clients accept, and a bracket in the next line. */
async function find(answers: Answers, { url }: Asked): Promise<Kept | Making | null> {
  const key = `document\n${url}`;
  return answers.get(key) ?? answers.find(key);
}

/** The document, as it is kept where that is possible. */
async function make(
  request: Asked,
  show: ShowDocument,
  making: Making | null,
): Promise<DocumentAnswer | Kept> {
  try {
    const document = await show({
      ...{ path: Object.values(request.params), query: queryOf(request), requestId: request.id },
      footprint: making?.footprint,
    });
    return (making && (await keep(making, document))) ?? document;
  } finally {
    making?.end('REFUSED');
  }
}

async function keep(making: Making, document: DocumentAnswer): Promise<Kept | null> {
  if (!('body' in document)) return null;
  const { type: contentType, body: text, keepUntil: until, headers } = document;
  if (until === undefined || typeof text !== 'string') return null;
  return making.keep({ text, contentType, operationName: null, headers: { ...NOSNIFF, ...headers }, until });
}

/** What a client can put right. */
const CLIENTS: Readonly<Record<string, 400 | 404>> = {
  BAD_USER_INPUT: 400,
  BAD_CURSOR: 400,
  BAD_PAGE_SIZE: 400,
  NOT_FOUND: 404,
};
