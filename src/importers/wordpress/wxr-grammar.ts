/**
 * record: what the reader hands out one by one. container: holds elements only. leaf: holds text only.
 * open: unknown to us, its content is passed over as it comes.
 */
export type ElementKind = 'root' | 'channel' | 'record' | 'container' | 'leaf' | 'open';

const RECORDS = new Set(['item', 'author', 'category', 'tag', 'term']);
const CONTAINERS = new Set(['postmeta', 'comment', 'commentmeta', 'termmeta']);

const LEAVES = new Set(
  `title link pubDate language generator wxr_version base_site_url base_blog_url
   author_id author_login author_email author_display_name author_first_name author_last_name
   term_id category_nicename category_parent cat_name category_description tag_slug tag_name tag_description
   term_taxonomy term_slug term_parent term_name term_description
   creator guid description encoded category
   post_id post_date post_date_gmt post_modified post_modified_gmt comment_status ping_status post_name status
   post_parent menu_order post_type post_password is_sticky attachment_url meta_key meta_value
   comment_id comment_author comment_author_email comment_author_url comment_author_IP comment_date
   comment_date_gmt comment_content comment_approved comment_type comment_parent comment_user_id`.split(
    /\s+/,
  ),
);

/** Elements of RSS itself: met inside a text, they tell that the text's own end tag is missing. */
const PLAIN_STRUCTURE = new Set([
  'rss',
  'channel',
  'item',
  'title',
  'link',
  'pubDate',
  'guid',
  'description',
  'category',
]);

/** The prefixes that every export declares; those that a file declares itself come on top. */
export const USUAL_PREFIXES: readonly string[] = ['wp', 'content', 'excerpt', 'dc', 'wfw'];

export function kindOf(name: string, parent: ElementKind): ElementKind {
  if (parent === 'root') return 'channel';
  const colon = name.indexOf(':');
  const local = colon === -1 ? name : name.slice(colon + 1);
  if (parent === 'channel') {
    // <item> has no prefix, the other records always have one: a bare <category> is RSS's own.
    if (RECORDS.has(local) && (local === 'item') === (colon === -1)) return 'record';
    return LEAVES.has(local) ? 'leaf' : 'open';
  }
  if (parent === 'open') return 'open';
  if (CONTAINERS.has(local)) return 'container';
  return LEAVES.has(local) ? 'leaf' : 'open';
}

export function isStructure(name: string, prefixes: ReadonlySet<string>): boolean {
  const colon = name.indexOf(':');
  return colon === -1 ? PLAIN_STRUCTURE.has(name) : prefixes.has(name.slice(0, colon));
}
