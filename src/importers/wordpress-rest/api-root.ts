import { DatelineError } from '../../core/errors';

export type Parameters = Readonly<Record<string, string | number | readonly (string | number)[]>>;

/** Where a site's REST API begins. */
export interface ApiRoot {
  /** As messages name it. */
  readonly shown: string;
  /** The address of a route such as "wp/v2/posts". */
  address(route: string, parameters?: Parameters): URL;
}

/** Whether what is to be imported is named by an address of the web. */
export function isWebAddress(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

/**
 * Where the API may begin, by what somebody calls the site: its home page, its /wp-json, or a route below that. The
 * likeliest comes first. WordPress without pretty permalinks has it at ?rest_route= only.
 * @throws DatelineError BAD_USER_INPUT
 */
export function likelyRoots(given: string): ApiRoot[] {
  const url = siteAddress(given);
  const prefix = /^(.*?\/)wp-json(?:\/|$)/.exec(url.pathname)?.[1];
  if (url.searchParams.has('rest_route')) return [queryRoot(new URL(url.pathname, url))];
  const home = new URL(prefix ?? withSlash(url.pathname), url);
  return [pathRoot(new URL('wp-json/', home)), queryRoot(home)];
}

/** The page that may tell where the API is, in its headers or its head. */
export function homePage(given: string): URL {
  const url = siteAddress(given);
  const path = url.pathname.replace(/wp-json(?:\/.*)?$/, '').replace(/index\.php$/, '');
  return new URL(withSlash(path), url);
}

/** The root that a site names itself (`rel="https://api.w.org/"`); null for one on another host. */
export function namedRoot(href: string, page: URL): ApiRoot | null {
  if (!URL.canParse(href, page.href)) return null;
  const url = new URL(href, page);
  if (url.hostname !== page.hostname || url.port !== page.port) return null;
  if (page.protocol === 'https:') url.protocol = 'https:';
  return url.searchParams.has('rest_route')
    ? queryRoot(new URL(url.pathname, url))
    : pathRoot(new URL(withSlash(url.pathname), url));
}

function pathRoot(base: URL): ApiRoot {
  return {
    shown: base.href,
    address: (route, parameters = {}) => withParameters(new URL(route, base), parameters),
  };
}

function queryRoot(base: URL): ApiRoot {
  return {
    shown: `${base.href}?rest_route=/`,
    address: (route, parameters = {}) =>
      withParameters(new URL(base), { rest_route: `/${route}`, ...parameters }),
  };
}

function withParameters(url: URL, parameters: Parameters): URL {
  for (const [name, value] of Object.entries(parameters)) {
    url.searchParams.set(name, Array.isArray(value) ? value.join(',') : String(value));
  }
  return url;
}

/** @throws DatelineError BAD_USER_INPUT for what is no address, or has a password in it */
export function siteAddress(given: string): URL {
  if (!isWebAddress(given) || !URL.canParse(given)) {
    throw new DatelineError('BAD_USER_INPUT', `"${given.slice(0, 200)}" is not an address of a site.`);
  }
  const url = new URL(given);
  if (url.username !== '' || url.password !== '') {
    throw new DatelineError(
      'BAD_USER_INPUT',
      'An address must not have a password in it: set WORDPRESS_CREDENTIALS in the environment.',
    );
  }
  url.hash = '';
  return url;
}

function withSlash(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}
