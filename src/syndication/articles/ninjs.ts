import type { TopicKind } from '../../database';
import { licenceAddress, rightsInWords } from '../rights';
import { dated, some } from '../values';
import type { ToldArticle, ToldImage, ToldTopic } from './told-article';

/** ninjs 3.1 of the IPTC, with the whole text. What has no value is left out. */
export function ninjs(told: ToldArticle): string {
  const { row, publisher, authors } = told;
  const licence = licenceAddress(row);
  return JSON.stringify({
    uri: told.id,
    type: 'text',
    representationType: 'full',
    version: String(row.revision),
    firstCreated: dated(row.createdAt),
    versionCreated: dated(row.updatedAt),
    contentCreated: dated(told.published),
    pubStatus: 'usable',
    language: row.language,
    title: row.title,
    headlines: [{ role: 'main', value: row.title }],
    descriptions: row.standfirst === null ? undefined : [{ role: 'summary', value: row.standfirst }],
    by: row.byline ?? (authors.map(({ name }) => name).join(', ') || undefined),
    located: row.datelinePlace ?? undefined,
    bodies: [
      { ...{ role: 'main', contentType: 'text/html', wordCount: told.wordCount, value: told.html } },
      {
        ...{ role: 'main', contentType: 'text/plain', wordCount: told.wordCount },
        ...{ charCount: Array.from(told.text).length, value: told.text },
      },
    ],
    people: some([
      ...authors.map(({ name, url }) => ({ name, rel: 'author', uri: url ?? undefined })),
      ...ofKind(told, 'PERSON'),
    ]),
    organisations: some(ofKind(told, 'ORGANISATION')),
    places: some(ofKind(told, 'PLACE')),
    events: some(ofKind(told, 'EVENT')),
    subjects: some([
      ...told.sections.map(({ slug, name }) => ({ name, rel: 'section', literal: slug })),
      ...told.topics
        .filter(({ kind }) => kind === 'SUBJECT')
        .map((topic) => ({ ...named(topic), relevance: Math.round(100 * topic.salience) })),
    ]),
    infoSources: some(row.datelineSource === null ? [] : [{ name: row.datelineSource, role: 'source' }]),
    renditions: [
      { name: 'web', href: told.url, contentType: 'text/html', title: row.title },
      ...(told.image ? [rendition(told.image)] : []),
    ],
    associations: some(
      told.translations.map(({ id, language }) => ({
        ...{ name: `translation-${language}`, rel: 'translation', uri: id, type: 'text', language },
      })),
    ),
    altIds: [{ role: 'slug', value: row.slug }],
    copyrightHolder: publisher.name,
    copyrightNotice: rightsInWords(row) || undefined,
    usageTerms: row.licence ?? undefined,
    rightsInfo: licence === null ? undefined : { linkedRights: licence },
    edNote: some(told.corrections.map(({ text, at }) => `Corrected ${dated(at)}: ${text}`))?.join('\n'),
    expires: row.expiresAt === null ? undefined : dated(row.expiresAt),
    standard: {
      name: 'ninjs',
      version: '3.1',
      schema: 'https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json',
    },
  });
}

function ofKind({ topics }: ToldArticle, kind: TopicKind) {
  return topics.filter((topic) => topic.kind === kind).map(named);
}

function named({ name, url, wikidataId }: ToldTopic) {
  const uri = wikidataId === null ? url : `https://www.wikidata.org/entity/${wikidataId}`;
  return { name, rel: 'about', uri: uri ?? undefined };
}

function rendition({ url, width, height, alt, caption }: ToldImage) {
  return {
    name: 'lead-image',
    href: url,
    title: caption ?? alt ?? undefined,
    width: width ?? undefined,
    height: height ?? undefined,
  };
}
