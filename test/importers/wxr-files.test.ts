import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ImportArticle,
  type ImportRecord,
  mapRecord,
  openSource,
  readWxr,
  SiteKnowledge,
  type WxrProblem,
  type WxrRecord,
} from '../../src/importers/wordpress';

const FOLDER = join(__dirname, '../../../shared/data/wxr');
const present = existsSync(FOLDER);
const files = present ? describe : describe.skip;
const because = present ? '' : ' (skipped: the shared test data is absent)';

async function load(name: string) {
  const source = await openSource(join(FOLDER, name));
  const records: WxrRecord[] = [];
  const mapped: ImportRecord[] = [];
  const problems: WxrProblem[] = [];
  let knowledge: SiteKnowledge | null = null;
  for await (const record of readWxr(source.stream, (problem) => problems.push(problem))) {
    records.push(record);
    if (record.type === 'site') knowledge = new SiteKnowledge(record);
    else if (knowledge !== null) {
      knowledge.learn(record);
      mapped.push(mapRecord(record, knowledge));
    }
  }
  const counts: Record<string, number> = {};
  for (const { type } of records) counts[type] = (counts[type] ?? 0) + 1;
  const { bytesRead, totalBytes } = source.progress();
  const articles: ImportArticle[] = mapped.filter((record) => record.kind === 'article');
  return {
    counts,
    records,
    mapped,
    articles,
    problems,
    kinds: problems.map(({ kind }) => kind),
    readWhole: bytesRead === totalBytes,
  };
}

files(`the exports of the shared test data${because}`, () => {
  const broken: Record<string, string[]> = {
    'crazy-cdata.xml': ['unescaped-cdata-end', 'unescaped-cdata-end', 'unescaped-cdata-end'],
    'invalid-version-tag.xml': ['unsupported-version'],
    'malformed-simple.xml': ['truncated'],
    'malformed.xml': ['not-a-channel', 'unsupported-version', 'unmatched-end', 'unclosed-element'],
    'missing-version-tag.xml': ['missing-version'],
    'namespace-edge-cases.xml': ['duplicate-field'],
  };

  it.each(present ? readdirSync(FOLDER) : [])(
    '%s is read with exactly the problems that it has',
    async (name) => {
      const { kinds } = await load(name);
      expect(kinds).toEqual(broken[name] ?? []);
    },
  );

  it('a real blog comes out complete', async () => {
    const { counts, articles, readWhole } = await load('cc-labs-blog.xml');
    expect(counts).toEqual({ site: 1, author: 30, category: 98, tag: 171, item: 224 });
    expect(readWhole).toBe(true);
    expect(articles.filter(({ articleKind }) => articleKind === 'ARTICLE')).toHaveLength(219);
    expect(articles.filter(({ articleKind }) => articleKind === 'PAGE')).toHaveLength(5);
    expect(articles.flatMap(({ comments }) => comments)).toHaveLength(119);
    expect(
      articles
        .flatMap(({ notes }) => notes)
        .filter(({ subject }) => subject === 'pingback')
        .reduce((sum, { count }) => sum + count, 0),
    ).toBe(62);
    expect(articles.every(({ publishedAt, slug }) => publishedAt !== null && slug !== null)).toBe(true);
    expect(articles.flatMap(({ notes }) => notes).filter(({ kind }) => kind === 'removed-shortcode')).toEqual(
      [],
    );
  });

  it('six languages come out with decoded slugs and whole threads', async () => {
    const { articles } = await load('ntrex-6-languages.wxr.xml.gz');
    expect(articles).toHaveLength(738);
    expect(articles.flatMap(({ comments }) => comments)).toHaveLength(1528);
    expect(articles.filter(({ slug }) => slug?.includes('%'))).toEqual([]);
    const known = new Set(articles.flatMap(({ comments }) => comments.map(({ externalId }) => externalId)));
    const parents = articles.flatMap(({ comments }) =>
      comments.flatMap(({ parentExternalId }) => parentExternalId ?? []),
    );
    expect(parents.filter((id) => !known.has(id))).toEqual([]);
    // Nothing in that file tells an item's language: it would be wrong to be sure of the site's.
    expect(new Set(articles.map(({ languageSource }) => languageSource))).toEqual(new Set(['site']));
  });

  it('Persian news keep their letters and joiners', async () => {
    const { counts, articles } = await load('farsnews-fa.wxr.xml.gz');
    expect(counts).toEqual({ site: 1, author: 1, category: 103, tag: 1750, item: 1491 });
    const text = ({ title, html }: ImportArticle) => title + html;
    expect(articles.filter((article) => text(article).includes('ي'))).toHaveLength(677);
    expect(articles.filter((article) => text(article).includes('\u200c'))).toHaveLength(1378);
    expect(articles[0]?.language).toBe('fa-IR');
  });

  it('namespaces that pretend are passed over', async () => {
    const { records } = await load('namespace-edge-cases.xml');
    expect(records.flatMap((record) => (record.type === 'author' ? record.login : []))).toEqual([
      'real_user',
      'version_conflict',
    ]);
    expect(records.flatMap((record) => (record.type === 'item' ? record.postId : []))).toEqual([
      '1',
      '2',
      '3',
      '4',
      '',
      '6',
    ]);
    expect(records.flatMap((record) => (record.type === 'item' ? record.meta : []))).toEqual([
      { key: 'normal_key', value: 'normal_value' },
    ]);
    expect(records.flatMap((record) => (record.type === 'term' ? record.slug : []))).toEqual([
      'old-version',
      'new-version',
    ]);
  });

  it('a broken channel still gives all that is in it', async () => {
    const { counts, problems } = await load('malformed.xml');
    expect(counts).toEqual({ site: 1, author: 1, category: 21, tag: 18, term: 14 });
    expect(problems[0]).toMatchObject({ line: 27, column: 1, severity: 'mended' });
  });

  it('escaped and unescaped CDATA ends come out alike', async () => {
    for (const name of ['crazy-cdata.xml', 'crazy-cdata-escaped.xml']) {
      const { records } = await load(name);
      expect(records[1]).toMatchObject({
        content: 'Content with nested <![CDATA[ tags ]]> :)',
        meta: [{}, { value: ']]>' }, {}],
      });
    }
  });

  it('serialised meta is handed on untouched', async () => {
    const { records } = await load('test-serialized-postmeta-with-cdata.xml');
    const meta = records.flatMap((record) => (record.type === 'item' ? record.meta : []));
    expect(meta.find(({ key }) => key === 'evil')?.value).toBe('<wp:meta_value>evil</wp:meta_value>');
  });

  it('drafts and private pages are not public', async () => {
    const { articles } = await load('small-export.xml');
    expect(articles.map(({ status }) => status).filter((status) => status === 'DRAFT')).toHaveLength(2);
  });

  it('attachments are images', async () => {
    const { mapped } = await load('wxr-flat-attachment-same-site.xml');
    expect(mapped.filter(({ kind }) => kind === 'image')).toHaveLength(1);
  });
});
