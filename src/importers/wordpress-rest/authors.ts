import { z } from 'zod';
import type { SecretBox } from '../../core/sealed';
import type { Reader } from '../../database';
import { loginIn } from '../author-logins';
import { findKeys } from '../import-keys';
import { decodeSlug } from '../wordpress/map-terms';
import type { ImportAuthor } from '../wordpress/records';
import type { Parameters } from './api-root';
import { mapUser } from './map-subjects';
import { type User, user } from './shapes';
import { faultIn, type SiteFault } from './site-fault';
import type { SiteReader } from './site-reader';

const embedded = z.array(
  z.object({ _embedded: z.object({ author: z.array(z.unknown()).catch([]).default([]) }) }),
);
const FIELDS = 'id,name,slug,username,email';

export interface AuthorQuestions {
  readonly database: Reader;
  /** Under which logins are remembered that are addresses. */
  readonly box: SecretBox;
  readonly source: string;
  readonly users: Parameters;
  /** Routes of the post types. */
  readonly routes: readonly string[];
  /** Told why the list of users cannot be had. */
  readonly onClosed: (fault: SiteFault) => void;
  /** Told of an author whom nothing tells the name of. */
  readonly onNameless: (id: number) => void;
}

/** The authors of a site. Many sites show no list of them; then each is asked for by its number, or at a post. */
export class Authors {
  /** By their numbers; what articles refer to. */
  readonly logins = new Map<number, string>();

  constructor(
    private readonly reader: SiteReader,
    private readonly questions: AuthorQuestions,
  ) {}

  /** Everyone in the list of users, and whoever else of `wanted` can be had. @throws SiteFault */
  async *read(wanted: ReadonlySet<number>): AsyncGenerator<ImportAuthor, void, undefined> {
    for await (const users of this.listed()) {
      for (const each of await this.mapped(users)) yield each;
    }
    for (const id of wanted) {
      if (id === 0 || this.logins.has(id)) continue;
      const found = (await this.byNumber(id)) ?? (await this.atPost(id));
      if (found) yield* await this.mapped([found]);
      if (!found) await this.recall([id]);
      if (!this.logins.has(id)) this.questions.onNameless(id);
    }
  }

  /** Those of the authors that an earlier run has brought. */
  async recall(ids: readonly number[]): Promise<void> {
    const { box, database, source } = this.questions;
    const missing = ids.filter((id) => id !== 0 && !this.logins.has(id)).map(String);
    const known = await findKeys(database, source, 'author-number', missing);
    for (const { externalId, fingerprint } of known.values()) {
      const login = loginIn(box, fingerprint);
      if (login !== null) this.logins.set(Number(externalId), login);
    }
  }

  private async *listed(): AsyncGenerator<readonly User[], void, undefined> {
    const { users, onClosed } = this.questions;
    try {
      for await (const { items } of this.reader.walk('wp/v2/users', { ...users, _fields: FIELDS }, user)) {
        yield items;
      }
    } catch (error) {
      const fault = faultIn(error);
      if (!fault.closed) throw fault;
      onClosed(fault);
    }
  }

  private async byNumber(id: number): Promise<User | null> {
    try {
      const { body } = await this.reader.api.get(`wp/v2/users/${id}`, { _fields: FIELDS });
      return user.safeParse(body).data ?? null;
    } catch (error) {
      const fault = faultIn(error);
      if (!fault.closed) throw fault;
      return null;
    }
  }

  private async atPost(author: number): Promise<User | null> {
    const parameters = { author, _embed: 'author', _fields: 'id,author,_links,_embedded' };
    for (const route of this.questions.routes) {
      try {
        const { items } = await this.reader.api.list(route, parameters, 1);
        const [post] = embedded.safeParse(items).data ?? [];
        const found = user.safeParse(post?._embedded.author[0]);
        if (found.success && found.data.id === author) return found.data;
      } catch (error) {
        const fault = faultIn(error);
        if (fault.transient) throw fault;
      }
    }
    return null;
  }

  /** An export tells logins, and is remembered; without one the API's own name for the author has to do. */
  private async mapped(users: readonly User[]): Promise<ImportAuthor[]> {
    await this.recall(users.map(({ id }) => id));
    return users.flatMap((each) => {
      const login = each.username || this.logins.get(each.id) || decodeSlug(each.slug);
      if (login === '') return [];
      this.logins.set(each.id, login);
      return [mapUser(each, login)];
    });
  }
}
