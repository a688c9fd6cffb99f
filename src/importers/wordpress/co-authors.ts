import { decodeSlug } from '../../core/text';
import { plainLine } from './html-text';
import type { ImportCoAuthor } from './records';
import type { WxrItem } from './wxr-record';

/**
 * The taxonomy in which Co-Authors Plus, the plugin of newsrooms, keeps who has written a post. Its terms are persons
 * and no subjects, and their descriptions hold e-mail addresses.
 */
export const CO_AUTHORS = 'author';

const PREFIX = /^cap-/;

/** Guest authors, who have no account: login -> name. */
export type GuestAuthors = ReadonlyMap<string, string>;

/** The name of a guest author that the plugin keeps as a post of its own; null for any other item. */
export function guestAuthorOf(item: WxrItem): [login: string, name: string] | null {
  if (item.postType !== 'guest-author') return null;
  const meta = (key: string) => item.meta.find((each) => each.key === key)?.value.trim() ?? '';
  const login = meta('cap-user_login') || decodeSlug(item.postName).replace(PREFIX, '');
  const name = plainLine(meta('cap-display_name')) || item.title;
  return login === '' || name === '' ? null : [login, name];
}

/** Everybody who has written the item, in order; empty where the plugin says nothing. */
export function coAuthorsOf({ terms }: WxrItem, guests: GuestAuthors): ImportCoAuthor[] {
  const authors = new Map<string, ImportCoAuthor>();
  for (const { domain, nicename, name } of terms) {
    if (domain !== CO_AUTHORS || nicename === null || nicename === '') continue;
    const login = decodeSlug(nicename).replace(PREFIX, '');
    if (login !== '') authors.set(login, { login, name: guests.get(login) ?? (name || login) });
  }
  return [...authors.values()];
}
