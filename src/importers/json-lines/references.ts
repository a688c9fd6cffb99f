import type { KeyedType, NewsroomRecord } from './record';

/** Something that a record refers to, and that must stand before it. */
export interface Reference {
  /** As the refusal names it. */
  readonly field: string;
  readonly type: KeyedType;
  readonly key: number;
}

/** The translation group is none: the article that it is named after may be gone. */
export function referencesOf(record: NewsroomRecord): Reference[] {
  switch (record.type) {
    // What an import, the change log or a former slug remembers may be gone.
    case 'image':
    case 'formerSlug':
    case 'commenterMark':
    case 'apiKey':
    case 'importKey':
    case 'setting':
    case 'change':
      return [];
    case 'author':
      return one('avatar', 'image', record.avatar);
    case 'topic':
      return one('parent', 'topic', record.parent);
    case 'category':
      return [...one('parent', 'category', record.parent), ...one('topic', 'topic', record.topic)];
    case 'article':
      return [
        ...one('leadImage', 'image', record.leadImage),
        ...one('primaryCategory', 'category', record.primaryCategory),
        ...many('authors', 'author', record.authors),
        ...many('categories', 'category', record.categories),
        ...many('removedTopics', 'topic', record.removedTopics),
        ...record.topics.flatMap(({ topic }, index) => one(`topics[${index}].topic`, 'topic', topic)),
      ];
    case 'collection':
      return many('articles', 'article', record.articles);
    case 'articleRevision':
    case 'redirect':
      return one('article', 'article', record.article);
    case 'comment':
      return [...one('article', 'article', record.article), ...one('parent', 'comment', record.parent)];
    case 'commentPrivate':
    case 'commentVersion':
    case 'commentDecision':
    case 'commentReport':
      return one('comment', 'comment', record.comment);
  }
}

function one(field: string, type: KeyedType, key: number | null): Reference[] {
  return key === null ? [] : [{ field, type, key }];
}

function many(field: string, type: KeyedType, keys: readonly number[]): Reference[] {
  return keys.map((key, index) => ({ field: `${field}[${index}]`, type, key }));
}
