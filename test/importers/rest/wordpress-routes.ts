import type { SitePost, WordPressContent } from './wordpress-content';
import {
  type Context,
  commentJson,
  mediaJson,
  postJson,
  TAXONOMIES,
  TYPES,
  termJson,
  userJson,
} from './wordpress-shapes';

export interface SiteSettings {
  /** Without pretty permalinks the API is at ?rest_route= only. */
  plainPermalinks: boolean;
  /** Routes that answer 401, e.g. wp/v2/users. */
  readonly closed: Set<string>;
  /** Where the API is instead of /wp-json/; the home page tells it. */
  hiddenAt: string | null;
  mostPerPage: number;
  /** Parameters that the site does not know, as an old version or a cache does not. */
  readonly ignores: Set<string>;
}

export interface RestAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

export interface RestError {
  readonly code: string;
  readonly message: string;
  readonly data: { readonly status: number };
}

interface Question {
  readonly route: string;
  readonly parameters: URLSearchParams;
  readonly authorization: string | null;
}

/** "desk" may do everything, "subscriber" nothing that readers may not. */
export const CREDENTIALS = { user: 'desk', password: 'abcd EFGH 1234' };
const SUBSCRIBER = `Basic ${Buffer.from('subscriber:x').toString('base64')}`;
const EDITOR = `Basic ${Buffer.from(`${CREDENTIALS.user}:${CREDENTIALS.password}`).toString('base64')}`;

export function answerOf(site: WordPressContent, settings: SiteSettings, asked: Question): RestAnswer {
  for (const name of settings.ignores) asked.parameters.delete(name);
  const { route, authorization } = asked;
  if (settings.closed.has(route) || settings.closed.has(route.replace(/\/\d+$/, '/{id}'))) {
    return refused(401, 'rest_forbidden', 'Sorry, you are not allowed to do that.');
  }
  if (authorization !== null && authorization !== EDITOR && authorization !== SUBSCRIBER) {
    return refused(401, 'incorrect_password', 'The provided password is an invalid application password.');
  }
  const answer = new Router(site, settings, asked).answer();
  if (answer.status !== 200) return answer;
  const fields = asked.parameters.get('_fields');
  return fields === null ? answer : { ...answer, body: narrowed(answer.body, fields.split(',')) };
}

class Router {
  private readonly editor: boolean;
  private readonly context: Context;

  constructor(
    private readonly site: WordPressContent,
    private readonly settings: SiteSettings,
    private readonly asked: Question,
  ) {
    this.editor = asked.authorization === EDITOR;
    this.context = asked.parameters.get('context') === 'edit' ? 'edit' : 'view';
  }

  answer(): RestAnswer {
    const { route } = this.asked;
    if (route === '') return { status: 200, body: this.index() };
    if (route === 'wp/v2/types') return { status: 200, body: types() };
    if (route === 'wp/v2/taxonomies') return { status: 200, body: taxonomies() };
    if (route === 'pll/v1/languages') return { status: 200, body: LANGUAGES };
    if (route === 'wp/v2/users/me') return this.me();
    if (this.context === 'edit' && !this.editor) {
      return refused(
        401,
        'rest_forbidden_context',
        'Sorry, you are not allowed to edit posts in this post type.',
      );
    }
    const [collection = '', id] = split(route);
    const type = Object.entries(TYPES).find(
      ([, { base, namespace }]) => collection === `${namespace}/${base}`,
    )?.[0];
    if (type !== undefined) return id === null ? this.posts(type) : this.post(type, id);
    const taxonomy = Object.entries(TAXONOMIES).find(([, { base }]) => collection === `wp/v2/${base}`)?.[0];
    if (taxonomy !== undefined) return this.terms(taxonomy);
    if (collection === 'wp/v2/users') return id === null ? this.users() : this.user(id);
    if (collection === 'wp/v2/media') return this.media();
    if (collection === 'wp/v2/comments') return this.comments();
    return refused(404, 'rest_no_route', 'No route was found matching the URL and request method.');
  }

  private index() {
    const { home } = this.site;
    return {
      name: 'News &amp; Views',
      description: '',
      url: home,
      home,
      gmt_offset: '2.5',
      timezone_string: '',
      namespaces: ['oembed/1.0', 'wp/v2', 'newsroom/v1', 'pll/v1'],
      authentication: {},
      routes: { '/': { namespace: '', methods: ['GET'] } },
    };
  }

  private me(): RestAnswer {
    if (this.asked.authorization === null)
      return refused(401, 'rest_not_logged_in', 'You are not currently logged in.');
    const may = this.editor ? { edit_others_posts: true, moderate_comments: true, list_users: true } : {};
    return { status: 200, body: { id: 1, name: 'Desk', capabilities: { read: true, ...may } } };
  }

  private posts(type: string): RestAnswer {
    const states = this.words('status') ?? ['publish'];
    if (!this.editor && states.some((state) => state !== 'publish')) {
      return refused(400, 'rest_invalid_param', 'Invalid parameter(s): status');
    }
    const after = this.time('modified_after');
    const author = this.numbers('author');
    const matching = this.site.posts.filter(
      (post) =>
        post.type === type &&
        states.includes(post.status) &&
        (after === null || post.modified > after) &&
        (author === null || author.includes(post.author)),
    );
    const order = this.asked.parameters.get('orderby') ?? 'date';
    const key = (post: SitePost) =>
      order === 'id' ? post.id : order === 'modified' ? post.modified : post.date;
    return this.list(matching, key, (post) => this.postJson(post));
  }

  private post(type: string, id: number): RestAnswer {
    const post = this.site.posts.find((each) => each.id === id && each.type === type);
    if (!post) return refused(404, 'rest_post_invalid_id', 'Invalid post ID.');
    if (post.status !== 'publish' && !this.editor) {
      return refused(401, 'rest_forbidden', 'Sorry, you are not allowed to do that.');
    }
    return { status: 200, body: this.postJson(post) };
  }

  private postJson(post: SitePost): Record<string, unknown> {
    const json = postJson(this.site, post, this.context);
    if (this.asked.parameters.get('_embed') === null) return json;
    const user = this.site.users.find(({ id }) => id === post.author);
    const author = user
      ? userJson(this.site, user, 'view')
      : { code: 'rest_user_invalid_id', message: 'Invalid user ID.', data: { status: 404 } };
    return { ...json, _embedded: { author: [author] } };
  }

  private terms(taxonomy: string): RestAnswer {
    const all = this.site.terms.filter((each) => each.taxonomy === taxonomy);
    return this.list(
      all,
      ({ id }) => id,
      (each) => termJson(this.site, each),
    );
  }

  private users(): RestAnswer {
    const writes = (id: number) =>
      this.site.posts.some((post) => post.author === id && post.status === 'publish');
    const shown = this.site.users.filter(({ id }) => this.context === 'edit' || writes(id));
    return this.list(
      shown,
      ({ id }) => id,
      (each) => userJson(this.site, each, this.context),
    );
  }

  private user(id: number): RestAnswer {
    const user = this.site.users.find((each) => each.id === id);
    if (!user) return refused(404, 'rest_user_invalid_id', 'Invalid user ID.');
    return { status: 200, body: userJson(this.site, user, this.context) };
  }

  private media(): RestAnswer {
    const after = this.time('modified_after');
    const of = this.numbers('parent');
    const shown = this.site.media.filter(
      (each) => (after === null || each.modified > after) && (of === null || of.includes(each.parent)),
    );
    const order = this.asked.parameters.get('orderby');
    return this.list(
      shown,
      (each) => (order === 'modified' ? each.modified : each.id),
      (each) => mediaJson(this.site, each, this.context),
    );
  }

  private comments(): RestAnswer {
    const status = this.asked.parameters.get('status') ?? 'approve';
    if (!this.editor && status !== 'approve') {
      return refused(401, 'rest_forbidden_param', 'Query parameter not permitted: status');
    }
    const of = this.numbers('post');
    const readable = (post: number) => this.isReadable(post);
    if (of?.some((post) => !readable(post))) {
      return refused(
        401,
        'rest_cannot_read_post',
        'Sorry, you are not allowed to read the post for this comment.',
      );
    }
    const states = status === 'all' ? ['approved', 'hold'] : ['approved'];
    const after = this.time('after');
    const matching = this.site.comments.filter(
      (each) =>
        states.includes(each.status) &&
        each.type === 'comment' &&
        (of === null || of.includes(each.post)) &&
        (after === null || each.date > after),
    );
    const order = this.asked.parameters.get('orderby');
    // What may not be read counts, and has its place, but is left out.
    return this.list(
      matching,
      (each) => (order === 'id' ? each.id : each.date),
      (each) => (readable(each.post) ? commentJson(this.site, each, this.context) : null),
    );
  }

  private isReadable(postId: number): boolean {
    const post = this.site.posts.find(({ id }) => id === postId);
    return this.editor || (post?.status === 'publish' && post.password === '');
  }

  private list<T extends { readonly id: number }>(
    matching: readonly T[],
    key: (item: T) => number,
    json: (item: T) => Record<string, unknown> | null,
  ): RestAnswer {
    const { parameters } = this.asked;
    const size = Number(parameters.get('per_page') ?? 10);
    if (size < 1 || size > this.settings.mostPerPage) {
      const max = this.settings.mostPerPage;
      return {
        status: 400,
        body: {
          code: 'rest_invalid_param',
          message: 'Invalid parameter(s): per_page',
          data: {
            status: 400,
            params: { per_page: `per_page must be between 1 (inclusive) and ${max} (inclusive)` },
          },
        },
      };
    }
    const include = this.numbers('include');
    const chosen = include === null ? [...matching] : matching.filter(({ id }) => include.includes(id));
    const sign = parameters.get('order') === 'asc' ? 1 : -1;
    chosen.sort((a, b) => sign * (key(a) - key(b) || a.id - b.id));
    const offset = Number(parameters.get('offset') ?? 0);
    const pages = Math.ceil(chosen.length / size);
    return {
      status: 200,
      body: chosen
        .slice(offset, offset + size)
        .map(json)
        .filter((each) => each !== null),
      headers: { 'x-wp-total': String(chosen.length), 'x-wp-totalpages': String(pages) },
    };
  }

  private words(name: string): string[] | null {
    return this.asked.parameters.get(name)?.split(',') ?? null;
  }

  private numbers(name: string): number[] | null {
    return this.words(name)?.map(Number) ?? null;
  }

  /** The column holds the site's own time, and WordPress takes the zone of the parameter into account. */
  private time(name: string): number | null {
    const text = this.asked.parameters.get(name);
    return text === null ? null : Date.parse(text);
  }
}

const LANGUAGES = [
  { slug: 'en', locale: 'en_US', name: 'English', is_default: true },
  { slug: 'fa', locale: 'fa_AF', name: 'دری', is_default: false },
];

function types(): unknown {
  return Object.fromEntries(
    Object.entries(TYPES).map(([slug, { base, namespace }]) => [
      slug,
      {
        description: '',
        hierarchical: slug === 'page',
        name: slug,
        slug,
        rest_base: base,
        rest_namespace: namespace,
      },
    ]),
  );
}

function taxonomies(): unknown {
  return Object.fromEntries(
    Object.entries(TAXONOMIES).map(([slug, { base, types: of, hierarchical }]) => [
      slug,
      {
        name: slug,
        slug,
        description: '',
        types: of,
        hierarchical,
        rest_base: base,
        rest_namespace: 'wp/v2',
      },
    ]),
  );
}

function split(route: string): [string, number | null] {
  const match = /^(.*)\/(\d+)$/.exec(route);
  return match ? [match[1] ?? '', Number(match[2])] : [route, null];
}

function refused(status: number, code: string, message: string): RestAnswer {
  return { status, body: { code, message, data: { status } } satisfies RestError };
}

/** `_fields`, also of what is nested: "content.raw". */
function narrowed(body: unknown, fields: readonly string[]): unknown {
  if (Array.isArray(body)) return body.map((each) => narrowed(each, fields));
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => {
      if (fields.includes(name)) return [[name, value]];
      const inner = fields
        .filter((field) => field.startsWith(`${name}.`))
        .map((field) => field.slice(name.length + 1));
      return inner.length === 0 ? [] : [[name, narrowed(value, inner)]];
    }),
  );
}
