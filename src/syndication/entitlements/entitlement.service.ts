import { recordChanges } from '../../changes';
import type { Actor } from '../../core/actor';
import type { Clock } from '../../core/clock';
import { badInput, DatelineError } from '../../core/errors';
import { decodeSlug } from '../../core/text';
import type { Database, NamedKey, Reader, StoredEntitlement } from '../../database';
import { checkWish, type EntitlementVersion, type EntitlementWish } from './entitlement';
import { assertMayEntitle } from './entitlement.policy';
import { holdPartner, insertEntitlement, partnersByKey, subjectsBySlug } from './entitlement.store';

/** What partners are entitled to. */
export class EntitlementService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Entitles the holder of a partner's key to something else than before, or to nothing (null). Partners hear of what
   * they gain or lose by it from the change log.
   * @param publicId of the key, or of one that it was rotated from or to
   * @throws DatelineError FORBIDDEN, NOT_FOUND, BAD_USER_INPUT
   */
  async entitle(actor: Actor, publicId: string, wish: EntitlementWish | null): Promise<EntitlementVersion> {
    assertMayEntitle(actor);
    const rest = wish && checkWish(wish);
    return this.database.write(async (tx) => {
      const partner = await holdPartner(tx, publicId);
      if (!partner) throw new DatelineError('NOT_FOUND', 'There is no such API key.');
      const content: StoredEntitlement | null = rest && {
        ...rest,
        categories: await subjectsOf(tx, 'category', 'categories', wish.categories),
        topics: await subjectsOf(tx, 'topic', 'topics', wish.topics),
      };
      const at = this.clock.now();
      const version = (partner.versions.at(-1)?.version ?? 0) + 1;
      await insertEntitlement(tx, partner.keyId, { version, at, content });
      recordChanges(tx, actor, at, [
        { entity: 'API_KEY', entityId: partner.keyId, op: 'UPDATE', revision: version, payload: { content } },
      ]);
      return { version, at, content };
    });
  }

  /** What a wish names and is not there is refused now, rather than when there is a key. @throws DatelineError */
  async check(actor: Actor, wish: EntitlementWish): Promise<void> {
    assertMayEntitle(actor);
    checkWish(wish);
    await subjectsOf(this.database, 'category', 'categories', wish.categories);
    await subjectsOf(this.database, 'topic', 'topics', wish.topics);
  }

  /** What the holders of keys are entitled to now, by public id; null for nothing. @throws DatelineError FORBIDDEN */
  async present(
    actor: Actor,
    publicIds: readonly string[],
  ): Promise<ReadonlyMap<string, StoredEntitlement | null>> {
    assertMayEntitle(actor);
    const partners = await partnersByKey(this.database, publicIds);
    return new Map([...partners].map(([id, { versions }]) => [id, versions.at(-1)?.content ?? null]));
  }
}

/** @throws DatelineError BAD_USER_INPUT for a slug that nobody has */
async function subjectsOf(
  reader: Reader,
  kind: 'category' | 'topic',
  argument: string,
  slugs: readonly string[] | undefined,
): Promise<NamedKey[] | null> {
  if (slugs === undefined) return null;
  const wanted = [...new Set(slugs.map(decodeSlug))];
  const found = await subjectsBySlug(reader, kind, wanted);
  return wanted.map((slug) => {
    const id = found.get(slug);
    if (id === undefined) throw badInput(argument, `There is no ${kind} with the slug "${slug}".`);
    return { id, slug };
  });
}
