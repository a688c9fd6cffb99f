import { plainLine } from '../wordpress/html-text';
import type { MapContext } from '../wordpress/map-item';
import { mapItem } from '../wordpress/map-item';
import type { ImportArticle, ImportNote, ImportSkipped } from '../wordpress/records';
import type { WxrComment, WxrItem, WxrMeta, WxrTermReference } from '../wordpress/wxr-record';
import type { KnownTerm } from './map-subjects';
import { languageOf, translationsOf } from './post-languages';
import { primaryCategoryOf } from './primary-category';
import { convertRendered, writtenExcerpt } from './rendered-content';
import type { Comment, Post, Rendered } from './shapes';

/** What is known of a site while its posts are mapped. */
export interface RestKnowledge {
  readonly context: MapContext;
  readonly terms: ReadonlyMap<number, KnownTerm>;
  /** The fields of a post that hold ids of terms. */
  readonly termFields: readonly string[];
  /** Of authors, by their numbers. */
  readonly logins: ReadonlyMap<number, string>;
  /** Polylang's name of a language -> the locale. */
  readonly locales: ReadonlyMap<string, string>;
}

/**
 * A post as an export would tell it. What an editor sees (`raw`) is taken where it is there; else what readers see,
 * which needs no conversion of blocks and paragraphs any more.
 */
export function mapPost(
  post: Post,
  comments: readonly Comment[],
  knowledge: RestKnowledge,
): ImportArticle | ImportSkipped {
  const raw = post.content.raw;
  const mapped = mapItem(itemOf(post, comments, knowledge), knowledge.context);
  if (mapped.kind === 'image') throw new Error('A post is no attachment');
  if (mapped.kind === 'skipped') return mapped;
  if (raw !== null) return { ...mapped, medium: 'API_RAW' };
  const { html, removed } = convertRendered(post.content.rendered);
  const shown = new Map(comments.map(({ id, content }) => [String(id), content.rendered]));
  const notes = [...removed].map(
    ([subject, count]): ImportNote => ({ kind: 'removed-shortcode', subject, count }),
  );
  return {
    ...mapped,
    medium: 'API',
    html,
    excerpt: writtenExcerpt(post.excerpt.rendered, post.content.rendered),
    comments: mapped.comments.map((each) => ({ ...each, html: shown.get(each.externalId) ?? each.html })),
    notes: [...mapped.notes, ...notes],
  };
}

/** Ids of terms that the post carries, of whatever taxonomy. */
export function termIdsOf(post: Post, fields: readonly string[]): number[] {
  return fields.flatMap((field) => {
    const value = post[field];
    return Array.isArray(value) ? value.map(Number).filter((id) => Number.isInteger(id) && id > 0) : [];
  });
}

function itemOf(post: Post, comments: readonly Comment[], knowledge: RestKnowledge): WxrItem {
  return {
    type: 'item',
    line: 0,
    postId: String(post.id),
    title: plainLine(told(post.title)),
    link: post.link,
    pubDate: '',
    creator: knowledge.logins.get(post.author) ?? '',
    guid: '',
    description: '',
    content: post.content.raw ?? '',
    excerpt: post.excerpt.raw ?? '',
    postDate: post.date,
    postDateGmt: post.date_gmt,
    postModified: post.modified,
    postModifiedGmt: post.modified_gmt,
    commentStatus: post.comment_status,
    pingStatus: '',
    postName: post.slug,
    status: post.status,
    parentId: post.parent === 0 ? null : String(post.parent),
    menuOrder: 0,
    postType: post.type,
    password: post.password,
    sticky: post.sticky,
    attachmentUrl: '',
    terms: termsOf(post, knowledge),
    meta: metaOf(post, knowledge),
    comments: comments.map(commentOf),
  };
}

function termsOf(post: Post, { terms, termFields, locales }: RestKnowledge): WxrTermReference[] {
  const references = termIdsOf(post, termFields).flatMap((id) => {
    const term = terms.get(id);
    return term === undefined ? [] : [{ domain: term.taxonomy, nicename: term.slug, name: term.name }];
  });
  const language = languageOf(post, locales);
  const group = translationsOf(post);
  return [
    ...references,
    ...(language === null ? [] : [{ domain: 'language', nicename: language, name: language }]),
    ...(group === null ? [] : [{ domain: 'post_translations', nicename: group, name: group }]),
  ];
}

function metaOf(post: Post, { terms }: RestKnowledge): WxrMeta[] {
  const primary = primaryCategoryOf(post, terms);
  return [
    ...(post.featured_media === 0 ? [] : [{ key: '_thumbnail_id', value: String(post.featured_media) }]),
    ...(primary === null ? [] : [{ key: '_yoast_wpseo_primary_category', value: String(primary) }]),
  ];
}

/** The API's words for the states that an export has numbers for. */
const STATES = new Map([
  ['approved', '1'],
  ['hold', '0'],
]);

function commentOf(comment: Comment): WxrComment {
  return {
    line: 0,
    id: String(comment.id),
    author: plainLine(comment.author_name),
    authorEmail: comment.author_email,
    authorUrl: '',
    authorIp: comment.author_ip,
    date: comment.date,
    dateGmt: comment.date_gmt,
    content: told(comment.content),
    approved: STATES.get(comment.status) ?? comment.status,
    commentType: comment.type,
    parentId: comment.parent === 0 ? null : String(comment.parent),
    userId: null,
    meta: [],
  };
}

function told({ raw, rendered }: Rendered): string {
  return raw ?? rendered;
}
