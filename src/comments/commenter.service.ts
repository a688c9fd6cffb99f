/** What is done to a person rather than to a comment: banned, told all that is kept of them, and forgotten. */
import { recordChanges } from '../changes';
import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import { badInput, DatelineError } from '../core/errors';
import type { ChangeOp, Tx } from '../database';
import { eraseWords } from './comment.delete';
import { holdComments } from './comment.held';
import type { CommentParts } from './comment.parts';
import { assertMay } from './comment.policy';
import { liftBan, markBanned, markErased } from './commenter.marks';
import {
  type ExportedComment,
  exportPage,
  forgetPerson,
  keysOfPerson,
  marksOfComment,
  type Person,
} from './commenter.store';

/** Who is meant: the author of a comment, or whoever has an e-mail address. Exactly one of the two. */
export interface Whom {
  readonly commentId: number | null;
  readonly email: string | null;
}

export interface Ban {
  /** Null for ever. */
  readonly until: Instant | null;
  /** Whether nobody may write from the network address either, where that is still known. */
  readonly address: boolean;
  /** False to lift it. */
  readonly banned: boolean;
}

/** Comments of one page of an export. */
export const EXPORT_PAGE = 200;
/** Comments that one transaction erases. */
const BATCH = 100;

/** Every method throws DatelineError FORBIDDEN, NOT_FOUND, BAD_USER_INPUT; then nothing was written. */
export class CommenterService {
  constructor(private readonly parts: CommentParts) {}

  /** What somebody who is banned writes is held as spam. They are not told. */
  async ban(actor: Actor, whom: Whom, { until, address, banned }: Ban): Promise<void> {
    assertMay(actor, 'BAN');
    const { database, clock } = this.parts;
    await database.write(async (tx) => {
      const person = await this.find(tx, whom);
      const marks = [...namesOf(person), ...(address && person.ipHash !== null ? [person.ipHash] : [])];
      if (marks.length === 0)
        throw badInput('commentId', 'Nothing is known of its author by which they could be recognised.');
      const now = clock.now();
      if (banned) await markBanned(tx, marks, { at: now, until, by: actor.name });
      else await liftBan(tx, marks);
      this.record(tx, actor, now, banned ? 'BAN' : 'UNBAN', whom);
    });
  }

  /**
   * Erases what is known of a person: names, addresses, what they wrote and how it was before. Replies of others stay.
   * What a later import brings of them is not taken. To do it twice is to do it once. Returns how many comments were
   * erased.
   */
  async erase(actor: Actor, whom: Whom): Promise<number> {
    assertMay(actor, 'ERASE');
    const { database } = this.parts;
    const person = await this.find(database, whom);
    let erased = 0;
    for (let done = false; !done; ) {
      const count = await database.write((tx) => this.eraseSome(tx, actor, person));
      erased += count;
      done = count < BATCH;
    }
    return erased;
  }

  /** A page of all that is kept of a person, after the comment with the key `after`. The first is in the change log. */
  async export(
    actor: Actor,
    whom: Whom,
    after: number,
  ): Promise<{ readonly comments: readonly ExportedComment[]; readonly next: number | null }> {
    assertMay(actor, 'EXPORT');
    const { database, box, clock } = this.parts;
    const person = await this.find(database, whom);
    if (after === 0) await database.write(async (tx) => this.record(tx, actor, clock.now(), 'EXPORT', whom));
    const rows = await exportPage(database, person, after, EXPORT_PAGE + 1);
    const page = rows.slice(0, EXPORT_PAGE);
    const comments = page.map(({ emailSealed, ...row }) => ({
      ...row,
      email: emailSealed === null ? null : box.open(emailSealed),
    }));
    return { comments, next: rows.length > EXPORT_PAGE ? (page.at(-1)?.id ?? null) : null };
  }

  /** Without anything by which the person is known. */
  private record(tx: Tx, actor: Actor, at: Instant, op: ChangeOp, { commentId }: Whom): void {
    recordChanges(tx, actor, at, [{ entity: 'COMMENTER', entityId: commentId ?? 0, op, revision: 0 }]);
  }

  private async eraseSome(tx: Tx, actor: Actor, person: Person): Promise<number> {
    const { clock } = this.parts;
    const at = clock.now();
    const marks = namesOf(person);
    if (marks.length > 0) await markErased(tx, marks, at);
    const keys = await keysOfPerson(tx, person, BATCH);
    const scope = { tx, actor, at };
    for (const id of keys) {
      // Anew for each: what was erased before changes what stands above and below it.
      const comment = (await holdComments(tx, [id])).get(id);
      if (!comment) continue;
      if (comment.status !== 'DELETED') await eraseWords(scope, comment, { by: actor.name, authorName: '' });
    }
    await forgetPerson(tx, person, keys);
    return keys.length;
  }

  private async find(
    reader: Parameters<typeof marksOfComment>[0],
    { commentId, email }: Whom,
  ): Promise<Person> {
    if ((commentId === null) === (email === null))
      throw badInput('commentId', 'Give either "commentId" or "email", and only one of them.');
    // Those that an import brought may be odd ones; what has no "@" is a slip.
    if (email !== null && !email.includes('@')) throw badInput('email', 'That is no e-mail address.');
    if (email !== null)
      return { commentId: null, emailHash: this.parts.box.hash(email), account: null, ipHash: null };
    const person = await marksOfComment(reader, commentId ?? 0);
    if (person === null)
      throw new DatelineError('NOT_FOUND', 'There is no such comment.', { argument: 'commentId' });
    return person;
  }
}

/** By which the person is known again. Behind a network address there may be others. */
function namesOf({ account, emailHash }: Person): string[] {
  return [account, emailHash].filter((name) => name !== null);
}
