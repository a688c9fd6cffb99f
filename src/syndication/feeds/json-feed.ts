import type { Entry, Feed, FeedFormat } from './feed';

/** JSON Feed 1.1. What it has no word for stands under names that begin with an underscore, as it asks. */
export const JSON_FEED: FeedFormat = {
  type: 'application/feed+json; charset=utf-8',
  write: (feed: Feed) =>
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: feed.title,
      home_page_url: feed.home,
      feed_url: feed.self,
      next_url: feed.next ?? undefined,
      language: feed.language ?? undefined,
      authors: [{ name: feed.siteName, url: feed.home }],
      items: feed.entries.map(item),
    }),
};

function item(entry: Entry) {
  const { image, rights } = entry;
  return {
    id: entry.id,
    url: entry.url,
    title: entry.title,
    content_html: entry.html,
    summary: entry.summary ?? undefined,
    image: image?.url,
    date_published: new Date(entry.published).toISOString(),
    date_modified: new Date(entry.updated).toISOString(),
    authors: entry.authors.length > 0 ? entry.authors.map((name) => ({ name })) : undefined,
    tags: entry.categories.length > 0 ? entry.categories.map(({ name }) => name) : undefined,
    language: entry.language,
    ...(image === null ? {} : { _image: image }),
    ...(rights === null ? {} : { _rights: rights }),
  };
}
