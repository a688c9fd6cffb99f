import type { SiteComment, SitePost, WordPressContent } from './wordpress-content';

/** What Tools > Export gives of the same content that the API tells of. */
export function exportOf(content: WordPressContent): string {
  const { home, users, terms, media, posts } = content;
  const slugOf = (id: number) => terms.find((term) => term.id === id)?.slug ?? '';
  const login = (id: number) => users.find((user) => user.id === id)?.login ?? '';
  const authors = users.map(
    (user) =>
      `<wp:author><wp:author_id>${user.id}</wp:author_id><wp:author_login>${cdata(user.login)}</wp:author_login><wp:author_email>${cdata(user.email)}</wp:author_email><wp:author_display_name>${cdata(user.name)}</wp:author_display_name></wp:author>`,
  );
  const declared = terms.map(({ id, taxonomy, slug, name, description, parent }) => {
    const coded = encodeURIComponent(slug).toLowerCase();
    if (taxonomy === 'category') {
      return `<wp:category><wp:term_id>${id}</wp:term_id><wp:category_nicename>${cdata(coded)}</wp:category_nicename><wp:category_parent>${cdata(slugOf(parent))}</wp:category_parent><wp:cat_name>${cdata(name)}</wp:cat_name><wp:category_description>${cdata(description)}</wp:category_description></wp:category>`;
    }
    return `<wp:term><wp:term_id>${id}</wp:term_id><wp:term_taxonomy>${cdata(taxonomy)}</wp:term_taxonomy><wp:term_slug>${cdata(coded)}</wp:term_slug><wp:term_parent>${cdata(slugOf(parent))}</wp:term_parent><wp:term_name>${cdata(name)}</wp:term_name><wp:term_description>${cdata(description)}</wp:term_description></wp:term>`;
  });
  const pictures = media.map(
    (
      item,
    ) => `<item><title>${cdata(item.title)}</title><wp:post_id>${item.id}</wp:post_id><wp:post_type>attachment</wp:post_type>
<wp:status>inherit</wp:status><wp:post_parent>${item.parent}</wp:post_parent><excerpt:encoded>${cdata(item.caption)}</excerpt:encoded>
<wp:attachment_url>${cdata(`${home}/wp-content/uploads/${item.file}`)}</wp:attachment_url>
${meta('_wp_attachment_image_alt', item.alt)}${meta('_wp_attachment_metadata', phpOf(item.width, item.height, item.credit))}</item>`,
  );
  const items = posts.map((post) => itemOf(content, post, login));
  return `<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>News</title><link>${home}</link><language>en-GB</language><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>${home}</wp:base_site_url><wp:base_blog_url>${home}</wp:base_blog_url>
${[...authors, ...declared, ...pictures, ...items].join('\n')}
</channel></rss>`;
}

function itemOf(content: WordPressContent, post: SitePost, login: (id: number) => string): string {
  const { terms, comments } = content;
  const carried = Object.entries(post.terms).flatMap(([taxonomy, ids]) =>
    ids.map((id) => {
      const term = terms.find((each) => each.id === id);
      return `<category domain="${taxonomy}" nicename="${encodeURIComponent(term?.slug ?? '').toLowerCase()}">${cdata(term?.name ?? '')}</category>`;
    }),
  );
  const dateGmt = post.status === 'draft' ? '0000-00-00 00:00:00' : written(post.date);
  return `<item><title>${cdata(post.title)}</title><link>${encodeURI(content.linkOf(post))}</link><dc:creator>${cdata(login(post.author))}</dc:creator>
<content:encoded>${cdata(post.content)}</content:encoded><excerpt:encoded>${cdata(post.excerpt)}</excerpt:encoded>
<wp:post_id>${post.id}</wp:post_id><wp:post_date>${written(post.date + 9_000_000)}</wp:post_date><wp:post_date_gmt>${dateGmt}</wp:post_date_gmt>
<wp:post_modified>${written(post.modified + 9_000_000)}</wp:post_modified><wp:post_modified_gmt>${written(post.modified)}</wp:post_modified_gmt>
<wp:comment_status>${post.commentStatus}</wp:comment_status><wp:post_name>${encodeURIComponent(post.slug).toLowerCase()}</wp:post_name>
<wp:status>${post.status}</wp:status><wp:post_parent>${post.parent}</wp:post_parent><wp:post_type>${post.type}</wp:post_type>
<wp:post_password>${cdata(post.password)}</wp:post_password><wp:is_sticky>${post.sticky ? 1 : 0}</wp:is_sticky>
${carried.join('')}${post.featured === 0 ? '' : meta('_thumbnail_id', String(post.featured))}
${comments
  .filter((comment) => comment.post === post.id)
  .map(commentOf)
  .join('')}</item>`;
}

const NUMBERS = { approved: '1', hold: '0', spam: 'spam', trash: 'trash' };

function commentOf(comment: SiteComment): string {
  return `<wp:comment><wp:comment_id>${comment.id}</wp:comment_id><wp:comment_author>${cdata(comment.author)}</wp:comment_author>
<wp:comment_author_email>${comment.email}</wp:comment_author_email><wp:comment_date_gmt>${written(comment.date)}</wp:comment_date_gmt>
<wp:comment_content>${cdata(comment.content)}</wp:comment_content><wp:comment_approved>${NUMBERS[comment.status]}</wp:comment_approved>
<wp:comment_type>${comment.type}</wp:comment_type><wp:comment_parent>${comment.parent}</wp:comment_parent></wp:comment>`;
}

function meta(key: string, value: string): string {
  return `<wp:postmeta><wp:meta_key>${cdata(key)}</wp:meta_key><wp:meta_value>${cdata(value)}</wp:meta_value></wp:postmeta>`;
}

function phpOf(width: number, height: number, credit: string): string {
  const bytes = Buffer.byteLength(credit);
  return `a:3:{s:5:"width";i:${width};s:6:"height";i:${height};s:10:"image_meta";a:1:{s:6:"credit";s:${bytes}:"${credit}";}}`;
}

function written(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}

function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
