import { plainLine, plainLineOfDecoded } from './html-text';
import type {
  WxrAuthor,
  WxrCategory,
  WxrComment,
  WxrItem,
  WxrMeta,
  WxrRecord,
  WxrSite,
  WxrTag,
  WxrTerm,
  WxrTermReference,
} from './wxr-record';
import type { WxrElement } from './wxr-tree';

/** Told when a field that may stand once stands twice with different values; the first one counts. */
export type OnDuplicate = (name: string, line: number) => void;

/** The record that a child of the channel stands for; null when it is one of the site's own fields, or unknown. */
export function toRecord(element: WxrElement, onDuplicate: OnDuplicate): Exclude<WxrRecord, WxrSite> | null {
  switch (element.name) {
    case 'item':
      return toItem(new Fields(element, onDuplicate));
    case 'wp:author':
      return toAuthor(new Fields(element, onDuplicate));
    case 'wp:category':
      return toCategory(new Fields(element, onDuplicate));
    case 'wp:tag':
      return toTag(new Fields(element, onDuplicate));
    case 'wp:term':
      return toTerm(new Fields(element, onDuplicate));
    default:
      return null;
  }
}

/**
 * A title or a name, without tags. XML decodes it unless it stands in CDATA; there WordPress writes what its database
 * holds, which is HTML. So either way it is decoded once.
 */
export function plainText(element: WxrElement | undefined): string {
  if (element === undefined) return '';
  return element.cdata ? plainLine(element.text) : plainLineOfDecoded(element.text);
}

const MANY = new Set(['', 'category', 'wp:postmeta', 'wp:termmeta', 'wp:commentmeta', 'wp:comment']);

class Fields {
  private readonly byName = new Map<string, WxrElement>();

  constructor(
    readonly element: WxrElement,
    onDuplicate: OnDuplicate,
  ) {
    for (const child of element.children) {
      const first = this.byName.get(child.name);
      if (first === undefined) this.byName.set(child.name, child);
      else if (!MANY.has(child.name) && first.text !== child.text) onDuplicate(child.name, element.line);
    }
  }

  /** As written. */
  raw(name: string): string {
    return this.byName.get(name)?.text ?? '';
  }

  /** An identifier, a date, an address: surrounding white space means nothing. */
  token(name: string): string {
    return this.raw(name).trim();
  }

  plain(name: string): string {
    return plainText(this.byName.get(name));
  }

  /** An id, or null for 0 and nothing. */
  reference(name: string): string | null {
    const id = this.token(name);
    return id === '' || id === '0' ? null : id;
  }

  all(name: string): WxrElement[] {
    return this.element.children.filter((child) => child.name === name);
  }

  meta(name: string): WxrMeta[] {
    const found: WxrMeta[] = [];
    for (const entry of this.element.children) {
      if (entry.name !== name) continue;
      const key = entry.children.find((child) => child.name === 'wp:meta_key')?.text.trim() ?? '';
      const value = entry.children.find((child) => child.name === 'wp:meta_value')?.text ?? '';
      if (key !== '') found.push({ key, value });
    }
    return found;
  }
}

function toAuthor(fields: Fields): WxrAuthor {
  return {
    type: 'author',
    line: fields.element.line,
    id: fields.token('wp:author_id'),
    login: fields.token('wp:author_login'),
    email: fields.token('wp:author_email'),
    displayName: fields.plain('wp:author_display_name'),
    firstName: fields.plain('wp:author_first_name'),
    lastName: fields.plain('wp:author_last_name'),
  };
}

function toCategory(fields: Fields): WxrCategory {
  return {
    type: 'category',
    line: fields.element.line,
    termId: fields.token('wp:term_id'),
    nicename: fields.token('wp:category_nicename'),
    parent: fields.token('wp:category_parent'),
    name: fields.plain('wp:cat_name'),
    description: fields.raw('wp:category_description'),
    meta: fields.meta('wp:termmeta'),
  };
}

function toTag(fields: Fields): WxrTag {
  return {
    type: 'tag',
    line: fields.element.line,
    termId: fields.token('wp:term_id'),
    slug: fields.token('wp:tag_slug'),
    name: fields.plain('wp:tag_name'),
    description: fields.raw('wp:tag_description'),
    meta: fields.meta('wp:termmeta'),
  };
}

function toTerm(fields: Fields): WxrTerm {
  return {
    type: 'term',
    line: fields.element.line,
    termId: fields.token('wp:term_id'),
    taxonomy: fields.token('wp:term_taxonomy'),
    slug: fields.token('wp:term_slug'),
    parent: fields.token('wp:term_parent'),
    name: fields.plain('wp:term_name'),
    description: fields.raw('wp:term_description'),
    meta: fields.meta('wp:termmeta'),
  };
}

function toItem(fields: Fields): WxrItem {
  return {
    type: 'item',
    line: fields.element.line,
    postId: fields.token('wp:post_id'),
    title: fields.plain('title'),
    link: fields.token('link'),
    pubDate: fields.token('pubDate'),
    creator: fields.token('dc:creator'),
    guid: fields.token('guid'),
    description: fields.raw('description'),
    content: fields.raw('content:encoded'),
    excerpt: fields.raw('excerpt:encoded'),
    postDate: fields.token('wp:post_date'),
    postDateGmt: fields.token('wp:post_date_gmt'),
    postModified: fields.token('wp:post_modified'),
    postModifiedGmt: fields.token('wp:post_modified_gmt'),
    commentStatus: fields.token('wp:comment_status'),
    pingStatus: fields.token('wp:ping_status'),
    postName: fields.token('wp:post_name'),
    status: fields.token('wp:status'),
    parentId: fields.reference('wp:post_parent'),
    menuOrder: Number.parseInt(fields.token('wp:menu_order'), 10) || 0,
    postType: fields.token('wp:post_type'),
    password: fields.raw('wp:post_password'),
    sticky: fields.token('wp:is_sticky') === '1',
    attachmentUrl: fields.token('wp:attachment_url'),
    terms: fields.all('category').map(toTermReference),
    meta: fields.meta('wp:postmeta'),
    comments: fields.all('wp:comment').map(toComment),
  };
}

function toTermReference(element: WxrElement): WxrTermReference {
  return {
    domain: element.attributes.get('domain') ?? '',
    nicename: element.attributes.get('nicename') ?? null,
    name: plainText(element),
  };
}

function toComment(element: WxrElement): WxrComment {
  const fields = new Fields(element, () => {});
  return {
    line: element.line,
    id: fields.token('wp:comment_id'),
    author: fields.plain('wp:comment_author'),
    authorEmail: fields.token('wp:comment_author_email'),
    authorUrl: fields.token('wp:comment_author_url'),
    authorIp: fields.token('wp:comment_author_IP'),
    date: fields.token('wp:comment_date'),
    dateGmt: fields.token('wp:comment_date_gmt'),
    content: fields.raw('wp:comment_content'),
    approved: fields.token('wp:comment_approved'),
    commentType: fields.token('wp:comment_type'),
    parentId: fields.reference('wp:comment_parent'),
    userId: fields.reference('wp:comment_user_id'),
    meta: fields.meta('wp:commentmeta'),
  };
}
