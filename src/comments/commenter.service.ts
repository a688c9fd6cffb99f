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
import { accountIn } from './commenter';
import { type ExportPage, type ExportPosition, exportPage, START } from './commenter.export';
import { forgetAccount, forgetComments, forgetNetworks, nobody } from './commenter.forget';
import { banOf, liftBan, markBanned, markErased } from './commenter.marks';
import { keysOfPerson, marksOfComment, type Person } from './commenter.store';
import { forgetRates, reporterRate } from './rates';

/** Who is meant: the author of a comment, or whoever has an e-mail address. Exactly one of the two. */
export interface Whom {
  readonly commentId: number | null;
  readonly email: string | null;
}

export interface Ban {
  /** Null for ever. */
  readonly until: Instant | null;
  /**
   * Whether nobody may write from the network address either, where that is still known: for as long as network
   * addresses are kept, since others have it later.
   */
  readonly address: boolean;
  /** False to lift it. */
  readonly banned: boolean;
}

/** A ban, as the person may know of it; null where none holds. */
export type BanTold = Awaited<ReturnType<typeof banOf>>;

/** Things of all kinds on one page of an export. */
export const EXPORT_PAGE = 200;
/** Comments that one transaction erases. */
const BATCH = 100;

/** Every method throws DatelineError FORBIDDEN, NOT_FOUND, BAD_USER_INPUT; then nothing was written. */
export class CommenterService {
  constructor(private readonly parts: CommentParts) {}

  /** What somebody who is banned writes is held as spam. They are not told. */
  async ban(actor: Actor, whom: Whom, { until, address, banned }: Ban): Promise<void> {
    assertMay(actor, 'BAN');
    const { database, clock, settings } = this.parts;
    await database.write(async (tx) => {
      const person = await this.find(tx, whom);
      const names = this.marksOf(person);
      const networks = address && person.ipHash !== null ? [person.ipHash] : [];
      if (names.length + networks.length === 0)
        throw badInput('commentId', 'Nothing is known of its author by which they could be recognised.');
      const now = clock.now();
      if (banned) {
        await markBanned(tx, names, { at: now, until, by: actor.name });
        const kept = settings.privateRetention;
        const end = kept === null ? until : Math.min(until ?? Infinity, now + kept);
        await markBanned(tx, networks, { at: now, until: end, by: actor.name });
      } else await liftBan(tx, [...names, ...networks]);
      this.record(tx, actor, now, banned ? 'BAN' : 'UNBAN', whom);
    });
  }

  /**
   * Erases what is known of a person: names, addresses, networks, what they wrote and how it was before, what moderators
   * wrote about it, and who did it. Replies of others stay. Keyed hashes of the address and the account stay: by these
   * what a later import brings of them is not taken, and a ban goes on. To do it twice is to do it once. Returns how many
   * comments were erased.
   */
  async erase(actor: Actor, whom: Whom): Promise<number> {
    assertMay(actor, 'ERASE');
    const { database } = this.parts;
    const person = await this.find(database, whom);
    const becomes = nobody();
    let erased = 0;
    for (let done = false; !done; ) {
      const count = await database.write((tx) => this.eraseSome(tx, actor, person, becomes));
      erased += count;
      done = count < BATCH;
    }
    return erased;
  }

  /** A page of all that is kept of a person. The first is in the change log. @param from null for the first */
  async export(
    actor: Actor,
    whom: Whom,
    from: ExportPosition | null,
  ): Promise<ExportPage & { readonly ban: BanTold }> {
    assertMay(actor, 'EXPORT');
    const { database, clock } = this.parts;
    const person = await this.find(database, whom);
    const now = clock.now();
    if (from === null) await database.write(async (tx) => this.record(tx, actor, now, 'EXPORT', whom));
    const page = await exportPage(database, person, from ?? START, EXPORT_PAGE);
    return { ...page, ban: await banOf(database, this.marksOf(person), now) };
  }

  /** By which the person is known again. Behind a network address there may be others. */
  marksOf({ account, emailHash }: Pick<Person, 'account' | 'emailHash'>): string[] {
    const { accountHash } = accountIn(this.parts.box, account);
    return [accountHash, emailHash].filter((mark) => mark !== null);
  }

  /** Without anything by which the person is known. */
  private record(tx: Tx, actor: Actor, at: Instant, op: ChangeOp, { commentId }: Whom): void {
    recordChanges(tx, actor, at, [{ entity: 'COMMENTER', entityId: commentId ?? 0, op, revision: 0 }]);
  }

  private async eraseSome(tx: Tx, actor: Actor, person: Person, becomes: string): Promise<number> {
    const { clock, settings } = this.parts;
    const at = clock.now();
    const marks = this.marksOf(person);
    if (marks.length > 0) await markErased(tx, marks, at);
    const keys = await keysOfPerson(tx, person, BATCH);
    const scope = { tx, actor, at };
    for (const id of keys) {
      // Anew for each: what was erased before changes what stands above and below it.
      const comment = (await holdComments(tx, [id])).get(id);
      if (!comment) continue;
      if (comment.status !== 'DELETED') await eraseWords(scope, comment, { by: actor.name, authorName: '' });
    }
    const networks = await forgetComments(tx, person, becomes, keys);
    await forgetAccount(tx, person, becomes);
    await forgetNetworks(tx, networks);
    const counted = [...networks, ...[person.account, person.emailHash].filter((name) => name !== null)];
    await forgetRates(tx, [...counted, ...counted.map(reporterRate)], settings.rates);
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
