import { type Actor, isNewsroom } from '../core/actor';
import { badInput } from '../core/errors';
import { requiredText } from '../core/fields';
import { networkOf } from '../core/network';
import { Refusal } from '../core/refusal';
import type { SecretBox } from '../core/sealed';
import { asLine } from '../core/text';
import type { CommentAuthorKind } from '../database';
import { seesHidden } from './comment.policy';

/** Where a request comes from, as the server sees it: nothing of it is what the client says. */
export interface Origin {
  /** Null where nobody is connected, e.g. for a job. */
  readonly address: string | null;
  readonly userAgent: string | null;
}

/** What a guest says of themselves. */
export interface Guest {
  readonly name: string;
  readonly email: string;
}

/** Who writes a comment, or does something to one. */
export interface Commenter extends Origin {
  readonly kind: CommentAuthorKind;
  readonly name: string;
  /** The actor's name of somebody who has signed in. */
  readonly account: string | null;
  readonly email: string | null;
  /** Keyed: what is remembered of them is found by these. */
  readonly accountHash: string | null;
  readonly emailHash: string | null;
  readonly ipHash: string | null;
  /** Moderators need no moderator. */
  readonly trusted: boolean;
}

/** Characters. */
const MAX_NAME = 100;
const MAX_EMAIL = 254;
const NAMELESS = 'Reader';

/** One "@" with something on both sides, and a domain with a dot: whether mail arrives only mail can tell. */
const EMAIL = /^[^\s@<>()[\]\\,;:"]{1,64}@[^\s@<>()[\]\\,;:"]+\.[^\s@<>()[\]\\,;:".]{2,}$/u;

/**
 * The commenter behind a request: a guest, who has to say who they are, or the account.
 * @throws Refusal, DatelineError BAD_USER_INPUT that name the field
 */
export function commenterOf(actor: Actor, guest: Guest | null, origin: Origin, box: SecretBox): Commenter {
  const ipHash = origin.address === null ? null : box.hash(networkOf(origin.address));
  if (actor.kind !== 'ANONYMOUS') {
    const name = asLine(actor.displayName ?? '') || NAMELESS;
    const kind = isNewsroom(actor) ? 'STAFF' : 'READER';
    const trusted = seesHidden(actor);
    const account = accountIn(box, actor.name);
    return { ...origin, kind, name, ...account, email: null, emailHash: null, ipHash, trusted };
  }
  if (guest === null) throw new Refusal('VALIDATION', 'Say who you are, or sign in.', 'guest');
  const name = requiredText('guest.name', asLine(guest.name), MAX_NAME);
  const email = requiredText('guest.email', guest.email.trim(), MAX_EMAIL);
  if (!EMAIL.test(email)) throw badInput('guest.email', 'That is no e-mail address.');
  const emailHash = box.hash(email);
  const nobody = accountIn(box, null);
  return { ...origin, kind: 'GUEST', name, ...nobody, email, emailHash, ipHash, trusted: false };
}

/** An account with the mark by which it is remembered when nothing else tells its name any more. */
export function accountIn(
  box: SecretBox,
  account: string | null,
): Pick<Commenter, 'account' | 'accountHash'> {
  return { account, accountHash: account === null ? null : box.fingerprint(`account ${account}`) };
}

/** What counts together when it is counted how often somebody does something. */
export function rateNameOf({ account, ipHash, emailHash }: Commenter): string {
  return account ?? ipHash ?? emailHash ?? 'nobody';
}

/** By which keyed hashes somebody is found among those who are banned. */
export function marksOf({ accountHash, emailHash, ipHash }: Commenter): string[] {
  return [accountHash, emailHash, ipHash].filter((mark) => mark !== null);
}
