/** What a WordPress site has in its database, as far as the REST API tells of it. Times are milliseconds. */
export interface SitePost {
  id: number;
  type: string;
  status: 'publish' | 'future' | 'draft' | 'pending' | 'private' | 'trash';
  slug: string;
  /** As an editor wrote them. */
  title: string;
  content: string;
  excerpt: string;
  date: number;
  modified: number;
  author: number;
  featured: number;
  parent: number;
  sticky: boolean;
  commentStatus: 'open' | 'closed';
  password: string;
  /** By taxonomy. */
  terms: Readonly<Record<string, readonly number[]>>;
  /** Fields of plugins: lang, translations, yoast_head_json. */
  more: Readonly<Record<string, unknown>>;
}

export interface SiteTerm {
  id: number;
  taxonomy: string;
  slug: string;
  name: string;
  description: string;
  parent: number;
}

export interface SiteUser {
  id: number;
  login: string;
  slug: string;
  name: string;
  email: string;
}

export interface SiteMedia {
  id: number;
  file: string;
  title: string;
  alt: string;
  caption: string;
  credit: string;
  width: number;
  height: number;
  parent: number;
  modified: number;
}

export interface SiteComment {
  id: number;
  post: number;
  parent: number;
  author: string;
  email: string;
  content: string;
  date: number;
  status: 'approved' | 'hold' | 'spam' | 'trash';
  type: string;
}

export class WordPressContent {
  posts: SitePost[] = [];
  terms: SiteTerm[] = [];
  users: SiteUser[] = [];
  media: SiteMedia[] = [];
  comments: SiteComment[] = [];

  constructor(readonly home: string) {}

  post(id: number, fields: Partial<SitePost> = {}): SitePost {
    const date = Date.UTC(2026, 0, 1, 10) + id * 3_600_000;
    const made: SitePost = {
      ...{ id, type: 'post', status: 'publish', slug: `post-${id}`, title: `Post ${id}` },
      ...{ content: `<!-- wp:paragraph -->\n<p>Text of ${id}.</p>\n<!-- /wp:paragraph -->`, excerpt: '' },
      ...{ date, modified: date, author: 1, featured: 0, parent: 0, sticky: false, commentStatus: 'open' },
      ...{ password: '', terms: {}, more: {} },
      ...fields,
    };
    this.posts.push(made);
    return made;
  }

  term(id: number, taxonomy: string, slug: string, fields: Partial<SiteTerm> = {}): SiteTerm {
    const made = { id, taxonomy, slug, name: slug, description: '', parent: 0, ...fields };
    this.terms.push(made);
    return made;
  }

  user(id: number, login: string, fields: Partial<SiteUser> = {}): SiteUser {
    const slug = login.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    const made = { id, login, slug, name: login, email: `${slug}@private.example`, ...fields };
    this.users.push(made);
    return made;
  }

  picture(id: number, fields: Partial<SiteMedia> = {}): SiteMedia {
    const made = {
      ...{ id, file: `2026/01/picture-${id}.jpg`, title: `Picture ${id}`, alt: '', caption: '', credit: '' },
      ...{ width: 1200, height: 800, parent: 0, modified: Date.UTC(2026, 0, 1) + id * 1_000 },
      ...fields,
    };
    this.media.push(made);
    return made;
  }

  comment(id: number, post: number, fields: Partial<SiteComment> = {}): SiteComment {
    const made: SiteComment = {
      ...{ id, post, parent: 0, author: `Reader ${id}`, email: `reader${id}@private.example` },
      ...{ content: `Words of ${id}.`, date: Date.UTC(2026, 1, 1) + id * 60_000, status: 'approved' },
      ...{ type: 'comment' },
      ...fields,
    };
    this.comments.push(made);
    return made;
  }

  linkOf(post: SitePost): string {
    if (post.status !== 'publish' && post.status !== 'private') return `${this.home}/?p=${post.id}`;
    const day = new Date(post.date).toISOString().slice(0, 7).replace('-', '/');
    return post.type === 'page' ? `${this.home}/${post.slug}/` : `${this.home}/${day}/${post.slug}/`;
  }
}

/** As WordPress writes a time without its zone; `local` is two hours and a half ahead of GMT. */
export function gmt(time: number): string {
  return new Date(time).toISOString().slice(0, 19);
}

export function local(time: number): string {
  return gmt(time + 2.5 * 3_600_000);
}
