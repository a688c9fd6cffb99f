import { addAuthors, authorsById, describeAuthors } from '../authors';
import { slugify } from '../core/text';
import type { Tx } from '../database';
import { keptLogin, loginIn, loginKey, printOf } from './author-logins';
import { bringSubjects, keptAs, keptOwn } from './bring-subjects';
import { findKeys, saveKeys } from './import-keys';
import type { ImportScope } from './import-scope';
import { subjectFingerprint } from './subject-fingerprint';
import type { ImportAuthor } from './wordpress';

export async function importAuthors(
  tx: Tx,
  scope: ImportScope,
  authors: readonly ImportAuthor[],
): Promise<void> {
  const { actor, at, box } = scope;
  await bringSubjects(tx, scope, authors, {
    kind: 'author',
    counted: 'authors',
    keyOf: ({ login }) => loginKey(box, login),
    printOf: (author) => printOf(box, author.login, subjectFingerprint(author)),
    nameOf: ({ login }) => `The author "${login}"`,
    add: async (fresh) => {
      const rows = fresh.map((author) => {
        return { slug: slugOf(author), name: nameOf(author), bio: null, avatarId: null };
      });
      const found = await addAuthors(tx, actor, at, rows);
      return found.map(keptAs);
    },
    change: async (changed) => {
      const rows = await authorsById(tx, { ids: changed.map(({ id }) => id) });
      const byId = new Map(rows.map((row) => [row.id, row]));
      const described = changed.flatMap(({ id, record }) => {
        const row = byId.get(id);
        return row ? [{ id, name: nameOf(record), bio: row.bio, avatarId: row.avatarId }] : [];
      });
      await describeAuthors(tx, actor, at, described);
      return changed.map(keptOwn);
    },
    // Not what an export never tells: a biography or a picture that was added here is no edit of the import's.
    contents: async (ids) => {
      const rows = await authorsById(tx, { ids: [...ids] });
      return new Map(rows.map(({ id, name }) => [id, name]));
    },
  });
  await rememberNumbers(tx, scope, authors);
}

function nameOf({ displayName, login }: ImportAuthor): string {
  return withoutDomain(displayName || login);
}

/**
 * Some sites let people sign in by their e-mail addresses, and no address is for readers: they are told apart by
 * their numbers.
 */
function slugOf({ login, externalId }: ImportAuthor): string {
  const known = withoutDomain(login);
  const number = known !== login && /^\d+$/.test(externalId) ? ` ${externalId}` : '';
  return slugify(known + number);
}

/** Of an e-mail address what stands before the @; anything else as it is. */
function withoutDomain(text: string): string {
  return text.replace(/^([^\s@]+)@[^\s@]+$/, '$1');
}

/** An API calls authors by their numbers, and may keep their logins to itself. */
async function rememberNumbers(
  tx: Tx,
  { source, box }: ImportScope,
  authors: readonly ImportAuthor[],
): Promise<void> {
  // Whom a source names and does not declare has none.
  const numbered = authors.filter(({ externalId, login }) => externalId !== login);
  const numbers = numbered.map(({ externalId }) => externalId);
  const known = await findKeys(tx, source, 'author-number', numbers);
  const fresh = numbered.filter(({ externalId, login }) => {
    const key = known.get(externalId);
    return key === undefined || loginIn(box, key.fingerprint) !== login;
  });
  await saveKeys(
    tx,
    source,
    'author-number',
    fresh.map(({ externalId, login }) => ({
      ...{ externalId, localId: 0, revision: 0 },
      fingerprint: keptLogin(box, login),
    })),
  );
}
