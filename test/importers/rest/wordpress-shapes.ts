/** What WordPress answers with: the shapes of its REST API v2, with what surrounds the fields that we read. */
import {
  gmt,
  local,
  type SiteComment,
  type SiteMedia,
  type SitePost,
  type SiteTerm,
  type SiteUser,
  type WordPressContent,
} from './wordpress-content';

export type Context = 'view' | 'edit';

/** WordPress's typography: what `the_content` and `the_title` do to quotation marks and dashes. */
export function texturize(text: string): string {
  return text
    .replace(/(?<=\w)'/g, '&#8217;')
    .replace(/"([^"<>]*)"(?![^<]*>)/g, '&#8220;$1&#8221;')
    .replace(/ -- /g, ' &#8212; ')
    .replace(/\.\.\./g, '&#8230;');
}

/** Blocks lose their comments, `[caption]` is done, text gets its typography; `[unknown]` stays as it is. */
export function renderContent(raw: string): string {
  const html = raw
    .replace(/<!-- \/?wp:[^>]*-->\n?/g, '')
    .replace(
      /\[caption[^\]]*\](<img[^>]*>)\s*(.*?)\[\/caption\]/g,
      '<figure class="wp-caption">$1<figcaption>$2</figcaption></figure>',
    );
  const paragraphs = html.includes('<p') ? html : `<p>${html.trim().split(/\n\n+/).join('</p>\n<p>')}</p>`;
  return `\n${texturize(paragraphs)}\n`;
}

function renderExcerpt({ excerpt, content, password }: SitePost, link: string): string {
  if (password !== '') return '<p>There is no excerpt because this is a protected post.</p>\n';
  if (excerpt !== '') return `<p>${texturize(excerpt)}</p>\n`;
  const words = renderContent(content)
    .replace(/<[^>]*>/g, ' ')
    .trim()
    .split(/\s+/);
  const shown = words.slice(0, 55).join(' ');
  const more =
    words.length > 55 ? ` [&hellip;] <a class="more-link" href="${link}">Continue reading</a>` : '';
  return `<p>${shown}${more}</p>\n`;
}

export function postJson(site: WordPressContent, post: SitePost, context: Context): Record<string, unknown> {
  const link = site.linkOf(post);
  const edit = context === 'edit';
  const closed = post.password !== '' && !edit;
  const shown = (raw: string, rendered: string) => (edit ? { raw, rendered } : { rendered });
  return {
    id: post.id,
    date: local(post.date),
    date_gmt: gmt(post.date),
    guid: shown(`${site.home}/?p=${post.id}`, `${site.home}/?p=${post.id}`),
    modified: local(post.modified),
    modified_gmt: gmt(post.modified),
    ...(edit ? { password: post.password } : {}),
    slug: encodeURIComponent(post.slug).toLowerCase(),
    status: post.status,
    type: post.type,
    link: encodeURI(link),
    title: shown(post.title, `${closed ? 'Protected: ' : ''}${texturize(post.title)}`),
    content: {
      ...shown(post.content, closed ? '' : renderContent(post.content)),
      protected: post.password !== '',
      ...(edit ? { block_version: post.content.includes('<!-- wp:') ? 1 : 0 } : {}),
    },
    excerpt: { ...shown(post.excerpt, renderExcerpt(post, link)), protected: post.password !== '' },
    author: post.author,
    featured_media: post.featured,
    ...(post.type === 'page'
      ? { parent: post.parent, menu_order: 0 }
      : { sticky: post.sticky, format: 'standard' }),
    comment_status: post.commentStatus,
    ping_status: 'closed',
    template: '',
    meta: [],
    ...termFields(post),
    class_list: [`post-${post.id}`, post.type, `type-${post.type}`, `status-${post.status}`, 'hentry'],
    ...post.more,
    _links: {
      self: [{ href: `${site.home}/wp-json/wp/v2/posts/${post.id}`, targetHints: { allow: ['GET'] } }],
      author: [{ embeddable: true, href: `${site.home}/wp-json/wp/v2/users/${post.author}` }],
      replies: [{ embeddable: true, href: `${site.home}/wp-json/wp/v2/comments?post=${post.id}` }],
      curies: [{ name: 'wp', href: 'https://api.w.org/{rel}', templated: true }],
    },
  };
}

/** `rest_base` of each taxonomy, by which posts have their terms. */
export const TAXONOMIES: Readonly<Record<string, { base: string; types: string[]; hierarchical: boolean }>> =
  {
    category: { base: 'categories', types: ['post'], hierarchical: true },
    post_tag: { base: 'tags', types: ['post'], hierarchical: false },
    region: { base: 'regions', types: ['post', 'report'], hierarchical: true },
    // Co-Authors Plus.
    author: { base: 'coauthors', types: ['post'], hierarchical: false },
    nav_menu: { base: 'menus', types: ['nav_menu_item'], hierarchical: false },
  };

export const TYPES: Readonly<Record<string, { base: string; namespace: string }>> = {
  post: { base: 'posts', namespace: 'wp/v2' },
  page: { base: 'pages', namespace: 'wp/v2' },
  report: { base: 'reports', namespace: 'newsroom/v1' },
};

function termFields({ type, terms }: SitePost): Record<string, readonly number[]> {
  const own = Object.entries(TAXONOMIES).filter(([, { types }]) => types.includes(type));
  return Object.fromEntries(own.map(([name, { base }]) => [base, terms[name] ?? []]));
}

export function termJson(site: WordPressContent, term: SiteTerm): Record<string, unknown> {
  return {
    id: term.id,
    count: site.posts.filter(({ terms }) => terms[term.taxonomy]?.includes(term.id)).length,
    description: term.description,
    link: `${site.home}/${term.taxonomy === 'post_tag' ? 'tag' : term.taxonomy}/${term.slug}/`,
    name: term.name,
    slug: encodeURIComponent(term.slug).toLowerCase(),
    taxonomy: term.taxonomy,
    ...(TAXONOMIES[term.taxonomy]?.hierarchical ? { parent: term.parent } : {}),
    meta: [],
    _links: { self: [{ href: `${site.home}/wp-json/wp/v2/categories/${term.id}` }] },
  };
}

export function userJson(site: WordPressContent, user: SiteUser, context: Context): Record<string, unknown> {
  return {
    id: user.id,
    ...(context === 'edit' ? { username: user.login, email: user.email, first_name: '', last_name: '' } : {}),
    name: user.name,
    url: '',
    description: '',
    link: `${site.home}/author/${user.slug}/`,
    slug: user.slug,
    avatar_urls: {
      '24': 'https://secure.gravatar.com/avatar/0?s=24',
      '96': 'https://secure.gravatar.com/avatar/0?s=96',
    },
    meta: [],
    _links: { self: [{ href: `${site.home}/wp-json/wp/v2/users/${user.id}` }] },
  };
}

export function mediaJson(
  site: WordPressContent,
  item: SiteMedia,
  context: Context,
): Record<string, unknown> {
  const shown = (raw: string, rendered: string) => (context === 'edit' ? { raw, rendered } : { rendered });
  return {
    id: item.id,
    date: local(item.modified),
    date_gmt: gmt(item.modified),
    modified: local(item.modified),
    modified_gmt: gmt(item.modified),
    slug: `picture-${item.id}`,
    status: 'inherit',
    type: 'attachment',
    link: `${site.home}/picture-${item.id}/`,
    title: shown(item.title, texturize(item.title)),
    author: 1,
    comment_status: 'open',
    template: '',
    meta: [],
    description: { rendered: '' },
    caption: shown(item.caption, item.caption === '' ? '' : `<p>${texturize(item.caption)}</p>\n`),
    alt_text: item.alt,
    media_type: 'image',
    mime_type: 'image/jpeg',
    media_details: {
      width: item.width,
      height: item.height,
      file: item.file,
      filesize: 120_000,
      sizes: {
        thumbnail: { file: 'x-150x150.jpg', width: 150, height: 150, source_url: `${site.home}/x.jpg` },
      },
      image_meta: { aperture: '0', credit: item.credit, camera: '', caption: '', keywords: [] },
    },
    post: item.parent === 0 ? null : item.parent,
    source_url: `${site.home}/wp-content/uploads/${item.file}`,
    _links: { self: [{ href: `${site.home}/wp-json/wp/v2/media/${item.id}` }] },
  };
}

export function commentJson(
  site: WordPressContent,
  comment: SiteComment,
  context: Context,
): Record<string, unknown> {
  const rendered = `<p>${texturize(comment.content)}</p>\n`;
  const edit = context === 'edit';
  return {
    id: comment.id,
    post: comment.post,
    parent: comment.parent,
    author: 0,
    author_name: comment.author,
    author_url: '',
    ...(edit
      ? { author_email: comment.email, author_ip: '192.0.2.7', author_user_agent: 'Mozilla/5.0' }
      : {}),
    date: local(comment.date),
    date_gmt: gmt(comment.date),
    content: edit ? { raw: comment.content, rendered } : { rendered },
    link: `${site.home}/?p=${comment.post}#comment-${comment.id}`,
    status: comment.status,
    type: comment.type,
    author_avatar_urls: { '24': 'https://secure.gravatar.com/avatar/1?s=24' },
    meta: [],
    _links: { self: [{ href: `${site.home}/wp-json/wp/v2/comments/${comment.id}` }] },
  };
}
