import {
  homePage,
  isWebAddress,
  likelyRoots,
  namedRoot,
} from '../../../src/importers/wordpress-rest/api-root';

const addresses = (given: string) =>
  likelyRoots(given).map((root) => root.address('wp/v2/posts', { include: [1, 2], per_page: 5 }).href);

describe('where the API of a site may be', () => {
  test.each([
    'https://news.example',
    'https://news.example/',
    'https://news.example/wp-json',
    'https://news.example/wp-json/',
    'https://news.example/wp-json/wp/v2/posts?per_page=3#top',
  ])('%s', (given) => {
    expect(addresses(given)).toEqual([
      'https://news.example/wp-json/wp/v2/posts?include=1%2C2&per_page=5',
      'https://news.example/?rest_route=%2Fwp%2Fv2%2Fposts&include=1%2C2&per_page=5',
    ]);
  });

  test('below a folder', () => {
    expect(addresses('https://example.org/blog/wp-json/')[0]).toMatch(
      /^https:\/\/example\.org\/blog\/wp-json\/wp/,
    );
    expect(addresses('https://example.org/blog')[1]).toMatch(/^https:\/\/example\.org\/blog\/\?rest_route=/);
    expect(homePage('https://example.org/blog/wp-json/wp/v2').href).toBe('https://example.org/blog/');
  });

  test('in the query only, where somebody says so', () => {
    expect(addresses('http://example.org/index.php?rest_route=/')).toEqual([
      'http://example.org/index.php?rest_route=%2Fwp%2Fv2%2Fposts&include=1%2C2&per_page=5',
    ]);
  });

  test('as the site itself names it, but on no other host', () => {
    const page = new URL('https://news.example/');
    expect(namedRoot('https://news.example/api/', page)?.address('wp/v2/posts').href).toBe(
      'https://news.example/api/wp/v2/posts',
    );
    expect(namedRoot('/?rest_route=/', page)?.address('').href).toBe('https://news.example/?rest_route=%2F');
    expect(namedRoot('http://news.example/wp-json/', page)?.address('').protocol).toBe('https:');
    expect(namedRoot('https://elsewhere.example/wp-json/', page)).toBeNull();
    expect(namedRoot('https://news.example:8443/wp-json/', page)).toBeNull();
  });

  test('is no place with a password in it, and the message does not repeat that', () => {
    const given = 'https://desk:hunter2@news.example/';
    expect(() => likelyRoots(given)).toThrow('WORDPRESS_CREDENTIALS');
    expect(() => likelyRoots(given)).not.toThrow('hunter2');
  });

  test.each(['export.xml', '-', './https', 'ftp://news.example'])('is not %s', (given) => {
    expect(isWebAddress(given)).toBe(false);
    expect(() => likelyRoots(given)).toThrow('is not an address of a site');
  });
});
