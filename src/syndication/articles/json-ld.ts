import type { TopicKind } from '../../database';
import { licenceAddress, rightsInWords } from '../rights';
import { dated, some } from '../values';
import type { ToldArticle, ToldImage, ToldTopic } from './told-article';

const TYPES: Readonly<Record<TopicKind, string>> = {
  PLACE: 'Place',
  PERSON: 'Person',
  ORGANISATION: 'Organization',
  EVENT: 'Event',
  SUBJECT: 'Thing',
};

/** What an article is about; what it has less of, it mentions. */
const ABOUT = 0.5;

/** A NewsArticle of schema.org. */
export function jsonLd(told: ToldArticle): string {
  const { row, publisher, image, authors, topics, documents } = told;
  const licence = licenceAddress(row);
  return embeddable({
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    '@id': told.id,
    url: told.url,
    mainEntityOfPage: told.url,
    headline: row.title,
    description: row.standfirst ?? undefined,
    inLanguage: row.language,
    datePublished: dated(told.published),
    dateModified: dated(row.updatedAt),
    dateline: [row.datelinePlace, row.datelineSource].filter((part) => part !== null).join(', ') || undefined,
    author: some(authors.map(({ name, url }) => ({ '@type': 'Person', name, url: url ?? undefined }))),
    publisher: { '@type': 'NewsMediaOrganization', name: publisher.name, url: publisher.home },
    image: image ? imageObject(image) : undefined,
    articleSection: some(told.sections.map(({ name }) => name)),
    about: some(topics.filter(({ salience }) => salience >= ABOUT).map(thing)),
    mentions: some(topics.filter(({ salience }) => salience < ABOUT).map(thing)),
    keywords: some(topics.map(({ name }) => name)),
    wordCount: told.wordCount,
    articleBody: told.text,
    isAccessibleForFree: true,
    commentCount: row.commentCount,
    correction: some(
      told.corrections.map(({ text, at }) => ({
        ...{ '@type': 'CorrectionComment', text, datePublished: dated(at) },
      })),
    ),
    workTranslation: some(
      told.translations.map(({ id, url, language }) => ({
        ...{ '@type': 'NewsArticle', '@id': id, url, inLanguage: language },
      })),
    ),
    creditText: row.credit ?? undefined,
    copyrightNotice: rightsInWords(row) || undefined,
    license: licence ?? undefined,
    expires: row.expiresAt === null ? undefined : dated(row.expiresAt),
    encoding: {
      ...{ '@type': 'MediaObject', encodingFormat: 'application/json', contentUrl: documents.ninjs },
    },
  });
}

function imageObject({ url, width, height, alt, caption, credit }: ToldImage) {
  return {
    '@type': 'ImageObject',
    url,
    width: width ?? undefined,
    height: height ?? undefined,
    caption: caption ?? alt ?? undefined,
    creditText: credit ?? undefined,
  };
}

function thing({ name, kind, url, wikidataId }: ToldTopic) {
  const known = wikidataId === null ? undefined : `https://www.wikidata.org/entity/${wikidataId}`;
  return { '@type': TYPES[kind], name, url: url ?? undefined, sameAs: known };
}

/** As JSON that may stand in a page's script element as it is: nothing in it ends one, or begins a comment. */
function embeddable(value: object): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
