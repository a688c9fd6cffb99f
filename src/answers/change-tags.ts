import type { ChangeEntry } from '../changes';
import { EVERYTHING, type Room, tagOf, WHOLE } from './footprint';

type Told = Pick<ChangeEntry, 'entity' | 'entityId' | 'op' | 'payload'>;

/** Done to people who comment; nobody else sees anything of it. */
const PRIVATE_OPS: readonly ChangeEntry['op'][] = ['BAN', 'UNBAN', 'EXPORT'];

/**
 * The tags of all answers that a change may have made untrue. An answer that is read from a room is tagged with its
 * nodes or with the whole of it, so each change has both.
 */
export function tagsOfChange({ entity, entityId, op, payload }: Told): readonly string[] {
  // Of many things at once, or of the site.
  if (entityId === 0 && entity !== 'COMMENTER') return [EVERYTHING];
  switch (entity) {
    case 'ARTICLE':
      return op === 'PREVIEW' ? [] : both('article', entityId);
    case 'AUTHOR':
      return both('author', entityId);
    case 'CATEGORY':
      return both('category', entityId);
    case 'COLLECTION':
      return both('collection', entityId);
    case 'IMAGE':
      return both('image', entityId);
    case 'TOPIC':
      return both('topic', entityId);
    case 'COMMENT': {
      // How often something was reported is for moderators; what comes of it has an entry of its own.
      if (op === 'REPORT') return [];
      const article = payload?.article;
      // Of imports, of what holds for the whole site, and of entries whose details are gone.
      return typeof article === 'number' ? both('comments', article) : [EVERYTHING];
    }
    case 'COMMENTER':
      return PRIVATE_OPS.includes(op) ? [] : [EVERYTHING];
    case 'API_KEY':
    case 'WEBHOOK':
      return [];
    default:
      return [EVERYTHING];
  }
}

function both(room: Room, key: number): readonly string[] {
  return [tagOf(room, key), WHOLE[room]];
}
