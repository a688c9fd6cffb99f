import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const OPERATIONS = ['FrontPage', 'CategoryPage', 'ArticlePage', 'CommentsPage'] as const;
export type OperationName = (typeof OPERATIONS)[number];

export type Variables = Readonly<Record<string, string | number | null>>;

/** What a server does not answer: the stock setup has no comments. */
export const UNANSWERED: Readonly<Partial<Record<string, readonly OperationName[]>>> = {
  stock: ['CommentsPage'],
};

/** The body of a request, the same for every server. */
export function requestBody(operationName: OperationName, variables: Variables): string {
  return JSON.stringify({ operationName, query: document(operationName), variables });
}

const documents = new Map<string, string>();

/** The text of an operation of schema/operations. */
export function document(name: string): string {
  let text = documents.get(name);
  if (text === undefined) {
    text = readFileSync(join(__dirname, '..', '..', 'schema', 'operations', `${name}.graphql`), 'utf8');
    documents.set(name, text);
  }
  return text;
}
