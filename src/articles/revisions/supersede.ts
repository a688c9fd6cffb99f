/** What updates make of articles, worked out before anything is written, and what is kept of what they replace. */

import { sql } from 'drizzle-orm';
import type { Instant } from '../../core/clock';
import { DatelineError } from '../../core/errors';
import { VersionConflict } from '../../core/refusal';
import { type ArticleState, type ChangeOp, prepared, type Tx } from '../../database';
import { freeAddresses, wantedAddresses } from '../article.addresses';
import { settleAgenda } from '../article.agenda';
import { type ArticleFields, type ArticleUpdate, type ContentBody, storedStatus } from '../article.content';
import { changedNames } from './changed';
import { type CurrentArticle, holdArticles, statesOf } from './current';

/** An update, with what it finds and what it leads to. */
export interface Intention {
  readonly id: number;
  readonly update: ArticleUpdate;
  readonly before: CurrentArticle;
  readonly state: ArticleState;
  /** What is written, with the addresses that were free. */
  readonly fields: Partial<ArticleFields>;
  /** Another one than before. */
  readonly body?: ContentBody;
  /** The body that it replaces. */
  readonly former?: { readonly html: string; readonly text: string };
  readonly changed: readonly string[];
  /** An edit that leaves everything as it is. */
  readonly isNothing: boolean;
}

/** What is not an edit means something by itself, whatever it finds. */
const EDITS: ReadonlySet<ChangeOp> = new Set<ChangeOp>(['UPDATE', 'RETAG', 'MOVE']);

/** @throws VersionConflict, DatelineError NOT_FOUND */
export async function intentionsOf(
  tx: Tx,
  at: Instant,
  updates: readonly ArticleUpdate[],
): Promise<Intention[]> {
  const ids = updates.map(({ id }) => id);
  // What has come due happened before the update, and is told before it.
  const { articles: held } = await settleAgenda(tx, at, await holdArticles(tx, ids));
  const found = updates.map((update) => ({ update, before: asSeen(held.get(update.id), update) }));
  const states = await statesOf(tx, [...held.values()]);
  const bodies = await bodiesOf(tx, { ids: updates.flatMap(({ id, body }) => (body ? [id] : [])) });
  const former = new Map(bodies.map(({ articleId, ...body }) => [articleId, body]));
  const addresses = await freeAddresses(
    tx,
    found.map(({ update, before }) => ({ before, wanted: wantedAddresses(before, update.fields ?? {}) })),
  );
  return found.map(({ update, before }, index) => {
    const { slug, path, ...asked } = update.fields ?? {};
    const status = storedStatus({ ...before, ...asked }, at);
    const fields = { ...asked, ...addresses[index], status };
    return intentionOf({ update, before, fields }, states.get(update.id), former.get(update.id));
  });
}

/** Keeps what the articles were. */
export async function keepRevisions(tx: Tx, intentions: readonly Intention[]): Promise<void> {
  await keepStates(
    tx,
    intentions.map(({ before }) => before),
    new Map(intentions.map(({ id, state }) => [id, state])),
    new Map(intentions.flatMap(({ id, former }) => (former ? [[id, former]] : []))),
  );
}

/** Keeps the states of articles; the bodies only of those where another one takes its place. */
export async function keepStates(
  tx: Tx,
  articles: readonly CurrentArticle[],
  states: ReadonlyMap<number, ArticleState>,
  bodies: ReadonlyMap<number, { readonly html: string; readonly text: string }> = new Map(),
): Promise<void> {
  await tx.insertMany(
    tx.tables.articleRevisions,
    articles.flatMap((article) => {
      const content = states.get(article.id);
      if (!content) return [];
      const { id: articleId, revision, revisedAt, revisedOp, revisedBy, title } = article;
      const { html = null, text = null } = bodies.get(articleId) ?? {};
      return [
        { articleId, revision, at: revisedAt, op: revisedOp, actor: revisedBy, title, content, html, text },
      ];
    }),
  );
}

function intentionOf(
  { update, before, fields }: Pick<Intention, 'update' | 'before' | 'fields'>,
  state: ArticleState | undefined,
  former: Intention['former'],
): Intention {
  if (!state) throw new Error('An article that is there has a state');
  const { id, op, body, ...ties } = update;
  const isOther = body !== undefined && body.html !== former?.html;
  const names = [
    ...changedNames(state, fields, ties),
    ...(isOther ? ['html'] : []),
    ...(update.alsoChanged ?? []),
  ];
  const changed = [...new Set(names)];
  return {
    ...{ id, update, before, state, fields, changed },
    ...(isOther ? { body } : {}),
    ...(isOther && former ? { former } : {}),
    isNothing: changed.length === 0 && EDITS.has(op),
  };
}

function asSeen(found: CurrentArticle | undefined, { expectedRevision }: ArticleUpdate): CurrentArticle {
  if (!found) throw new DatelineError('NOT_FOUND', 'There is no such article.');
  assertAsSeen(found, expectedRevision);
  return found;
}

/** @throws VersionConflict when somebody else was faster */
export function assertAsSeen({ revision }: CurrentArticle, expected: number): void {
  if (revision === expected) return;
  const message = `The article has changed since you read it. Its revision is now ${revision}.`;
  throw new VersionConflict(revision, message);
}

const bodiesOf = prepared(({ tables: { articleBodies: b }, portable }) => ({
  select: { articleId: b.articleId, html: b.html, text: b.text },
  from: sql`${b} where ${portable.among(b.articleId, 'ids')}`,
}));
