import { ArticleService } from '../../src/articles';
import { saveAuthors } from '../../src/authors';
import { saveCategories } from '../../src/categories';
import { heldClock } from '../../src/core/clock';
import { globalId } from '../../src/core/ids';
import type { Seen } from '../../src/core/revision';
import type { Database } from '../../src/database';
import { addTopics } from '../../src/topics';
import { Api } from '../support/api';
import { ARCHIVIST, HOUR, NOW } from '../support/archive';
import { describeEachEngine } from '../support/engines';

const SOURCE = `query ($path: String!) {
  route(path: $path) {
    __typename
    ... on RouteTo { path node { id } }
    ... on Redirect { to permanent }
    ... on Gone { since }
  }
}`;

const to = (id: string, path: string) => ({ __typename: 'RouteTo', path, node: { id } });
const toArticle = ({ id }: Seen, path: string) => to(globalId('Article', id), path);
const redirect = (path: string) => ({ __typename: 'Redirect', to: path, permanent: true });
const gone = (since: number) => ({ __typename: 'Gone', since: new Date(since).toISOString() });

describeEachEngine('route', (store) => {
  const clock = heldClock(NOW);
  let db: Database;
  let service: ArticleService;

  beforeEach(async () => {
    db = await store.open();
    service = new ArticleService(db, clock);
  });

  const route = async (path: string) =>
    (await new Api(db, { clock }).ask<{ route: object | null }>(SOURCE, { path })).route;

  const draft = (title: string, fields = {}) =>
    service.create(ARCHIVIST, { title, language: 'en', html: '<p>News</p>', ...fields });

  const published = async (title: string, fields = {}) =>
    service.publish(ARCHIVIST, await draft(title, fields));

  const move = (seen: Seen, path: string) => service.update(ARCHIVIST, seen, { path });

  test('leads to an article however its path is written', async () => {
    const seen = await published('پاکستان', { path: '/سیاست/پاکستان/' });
    for (const written of [
      '/سیاست/پاکستان',
      'سیاست/پاکستان/',
      `/${encodeURIComponent('سیاست')}//${encodeURIComponent('پاکستان').toLowerCase()}/?utm_source=x#top`,
      'https://news.example/سیاست/پاکستان',
    ]) {
      expect(await route(written)).toEqual(toArticle(seen, '/سیاست/پاکستان'));
    }
  });

  test('follows an article through one change of its path and the next', async () => {
    const first = await published('Floods', { path: '/2026/floods' });
    const second = await move(first, '/2026/03/floods');
    expect(await route('/2026/floods')).toEqual(redirect('/2026/03/floods'));
    await move(second, '/floods');
    expect(await route('/2026/floods')).toEqual(redirect('/floods'));
    expect(await route('/2026/03/floods')).toEqual(redirect('/floods'));
    expect(await route('/floods')).toEqual(toArticle(first, '/floods'));
  });

  test('follows a new slug where the path was made of the old one', async () => {
    const seen = await published('Flods in Sindh');
    const corrected = await service.update(ARCHIVIST, seen, { slug: 'floods-in-sindh' });
    expect(await route('/articles/flods-in-sindh')).toEqual(redirect('/articles/floods-in-sindh'));
    expect(await route('/articles/floods-in-sindh')).toEqual(toArticle(seen, '/articles/floods-in-sindh'));
    await service.update(ARCHIVIST, corrected, { slug: 'floods' });
    for (const old of ['flods-in-sindh', 'floods-in-sindh']) {
      expect(await route(`/articles/${old}`)).toEqual(redirect('/articles/floods'));
    }
  });

  test('an article is found under a slug that it had before, unless another has it now', async () => {
    const bySlug = async (slug: string) => {
      const source = 'query ($slug: String!) { article(slug: $slug) { slug } }';
      return (await new Api(db, { clock }).ask<{ article: { slug: string } | null }>(source, { slug }))
        .article;
    };
    const seen = await published('Flods', { path: '/2026/floods' });
    const once = await service.update(ARCHIVIST, seen, { slug: 'floods' });
    const twice = await service.update(ARCHIVIST, once, { slug: 'high-water' });
    for (const slug of ['flods', 'floods', 'high-water'])
      expect(await bySlug(slug)).toEqual({ slug: 'high-water' });
    expect(await route('/articles/flods')).toEqual(redirect('/2026/floods'));
    // Somebody else's now, as soon as readers can see it there.
    const other = await draft('Floods');
    expect(await bySlug('floods')).toEqual({ slug: 'high-water' });
    await service.publish(ARCHIVIST, other);
    expect(await bySlug('floods')).toEqual({ slug: 'floods' });
    await service.withdraw(ARCHIVIST, twice, 'It was false.');
    expect(await bySlug('flods')).toBeNull();
    expect(await route('/2026/floods')).toEqual(gone(clock.now()));
  });

  test('leaves alone a path that was not made of the slug', async () => {
    const seen = await published('Floods', { path: '/2026/floods' });
    await service.update(ARCHIVIST, seen, { slug: 'high-water' });
    expect(await route('/2026/floods')).toEqual(toArticle(seen, '/2026/floods'));
    expect(await route('/articles/high-water')).toEqual(redirect('/2026/floods'));
  });

  test('a path that comes back to life leads to what lives there now', async () => {
    const moved = await move(await published('Old', { path: '/talks' }), '/talks-of-march');
    expect(await route('/talks')).toEqual(redirect('/talks-of-march'));
    const other = await published('New', { path: '/talks' });
    expect(await route('/talks')).toEqual(toArticle(other, '/talks'));
    expect(await route('/talks-of-march')).toEqual(toArticle(moved, '/talks-of-march'));
    // And when that moves on, to where it went.
    await move(other, '/talks-of-april');
    expect(await route('/talks')).toEqual(redirect('/talks-of-april'));
  });

  test('an article that comes back to its path is there, and its detour leads to it', async () => {
    const away = await move(await published('Talks', { path: '/talks' }), '/detour');
    await move(away, '/talks');
    expect(await route('/talks')).toEqual(toArticle(away, '/talks'));
    expect(await route('/detour')).toEqual(redirect('/talks'));
  });

  test('a draft at a path hides neither a redirect nor what was withdrawn there', async () => {
    await move(await published('Old', { path: '/talks' }), '/elsewhere');
    await move(await draft('New'), '/talks');
    expect(await route('/talks')).toEqual(redirect('/elsewhere'));
  });

  test('what was withdrawn is gone, also from where it used to be', async () => {
    const moved = await move(await published('False', { path: '/false' }), '/quite-false');
    clock.advance(HOUR);
    const since = clock.now();
    const withdrawn = await service.withdraw(ARCHIVIST, moved, 'It was false.');
    expect(await route('/false')).toEqual(gone(since));
    expect(await route('/quite-false')).toEqual(gone(since));
    await service.publish(ARCHIVIST, await service.restore(ARCHIVIST, withdrawn));
    expect(await route('/quite-false')).toEqual(toArticle(moved, '/quite-false'));
  });

  test('what was withdrawn at a path counts for more than what had left it before', async () => {
    await move(await published('Old', { path: '/talks' }), '/elsewhere');
    await service.withdraw(ARCHIVIST, await published('New', { path: '/talks' }), 'Not so.');
    expect(await route('/talks')).toEqual(gone(clock.now()));
  });

  test('what was withdrawn before anybody could see it was never there', async () => {
    await service.withdraw(ARCHIVIST, await draft('Draft', { path: '/draft' }), 'No.');
    const scheduled = await service.publish(ARCHIVIST, await draft('Scheduled', { path: '/scheduled' }), {
      at: clock.now() + HOUR,
    });
    await service.withdraw(ARCHIVIST, scheduled, 'No.');
    const embargoed = { path: '/embargoed', rights: { embargoUntil: clock.now() + 1 } };
    await service.withdraw(ARCHIVIST, await published('Embargoed', embargoed), 'No.');
    for (const path of ['/draft', '/scheduled', '/embargoed']) expect(await route(path)).toBeNull();
  });

  test('knows the usual places of categories, topics and authors', async () => {
    const { author, topic, child } = await db.write(async (tx) => {
      const [id] = await saveCategories(tx, ARCHIVIST, NOW, [category('world', null)]);
      const [below] = await saveCategories(tx, ARCHIVIST, NOW, [category('asia', id ?? 0)]);
      const [written] = await saveAuthors(tx, ARCHIVIST, NOW, [
        { slug: 'amina', name: 'Amina', bio: null, avatarId: null },
      ]);
      const [about] = await addTopics(tx, ARCHIVIST, NOW, [
        {
          ...{ slug: 'کراچی', kind: 'PLACE', parentId: null, description: null, wikidataId: null },
          names: [{ language: 'ur', name: 'کراچی', aliases: [] }],
        },
      ]);
      return { child: below ?? 0, author: written ?? 0, topic: about ?? 0 };
    });
    expect(await route('/category/asia/')).toEqual(to(globalId('Category', child), '/category/asia'));
    expect(await route('/category/world/asia')).toMatchObject({ node: { id: globalId('Category', child) } });
    expect(await route('/author/amina')).toEqual(to(globalId('Author', author), '/author/amina'));
    for (const path of ['/tag/کراچی', `/topic/${encodeURIComponent('کراچی')}`]) {
      expect(await route(path)).toMatchObject({ node: { id: globalId('Topic', topic) } });
    }
  });

  test('is null where there is nothing, whatever the path looks like', async () => {
    for (const path of [
      '',
      '/',
      '//',
      '/nowhere',
      '/category/',
      '/tag/a/b',
      '/author',
      '%',
      '/%00',
      '/\0',
      "/' or 1=1",
    ]) {
      expect(await route(path)).toBeNull();
    }
  });
});

function category(slug: string, parentId: number | null) {
  return { slug, name: slug, description: null, parentId, topicId: null, position: 0 };
}
