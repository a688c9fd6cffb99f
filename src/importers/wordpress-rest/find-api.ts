import { DatelineError } from '../../core/errors';
import { languageTag } from '../wordpress/item-language';
import { type ApiRoot, homePage, likelyRoots, namedRoot } from './api-root';
import type { SiteAnswer, SiteHttp } from './http';
import { index, type SiteIndex } from './shapes';
import { type FaultKind, faultIn, type SiteFault } from './site-fault';
import { type ApiOptions, WordPressApi } from './wordpress-api';

export interface FoundApi {
  readonly api: WordPressApi;
  readonly index: SiteIndex;
}

/** Tries for what may be the wrong address. */
const TRIES = 3;
/** What another address of the same site would not change. */
const ENDS_SEARCH: ReadonlySet<FaultKind> = new Set([
  'unknown-host',
  'elsewhere',
  'unreachable',
  'slow',
  'busy',
]);
const LINK = /<link\b[^>]{0,1000}>/gi;
const REL = /\brel\s*=\s*["']https:\/\/api\.w\.org\/["']/i;
const HREF = /\bhref\s*=\s*["']([^"']{1,2000})["']/i;
const LANGUAGE = /<html\b[^>]{0,1000}\slang\s*=\s*["']([\w-]{1,40})["']/i;

/**
 * Finds the REST API by what somebody calls the site.
 * @throws DatelineError BAD_USER_INPUT where there is none, with what was tried; SiteFault where the site is down
 */
export async function findApi(given: string, http: SiteHttp, options: ApiOptions): Promise<FoundApi> {
  const tries: ApiOptions = {
    ...options,
    tries: { ...options.tries, tries: Math.min(options.tries.tries, TRIES) },
  };
  const failures: string[] = [];
  for (const root of likelyRoots(given)) {
    const found = await indexAt(root, http, tries, failures);
    if (found) return { api: new WordPressApi(http, root, options), index: found };
  }
  const page = await pageAt(homePage(given), http);
  const named = page && rootNamedBy(page);
  const found = named ? await indexAt(named, http, tries, failures) : null;
  if (named && found) return { api: new WordPressApi(http, named, options), index: found };
  throw new DatelineError(
    'BAD_USER_INPUT',
    `There is no WordPress REST API at ${homePage(given).href}:${failures.map((each) => `\n  ${each}`).join('')}`,
  );
}

/** The language of the site's home page, as BCP 47; null where it does not tell it, or there is none. */
export async function languageOfHome(given: string, http: SiteHttp): Promise<string | null> {
  const page = await pageAt(homePage(given), http);
  const told = page === null ? undefined : LANGUAGE.exec(page.text.slice(0, 100_000))?.[1];
  return told === undefined ? null : languageTag(told);
}

async function indexAt(
  root: ApiRoot,
  http: SiteHttp,
  options: ApiOptions,
  failures: string[],
): Promise<SiteIndex | null> {
  try {
    const { body } = await new WordPressApi(http, root, options).get('', {
      _fields: 'name,url,home,namespaces',
    });
    const parsed = index.safeParse(body);
    if (parsed.success && parsed.data.namespaces.includes('wp/v2')) return parsed.data;
    failures.push(`${root.shown} is no API of WordPress.`);
    return null;
  } catch (error) {
    const fault = faultIn(error);
    if (fault.code !== '' && (fault.status === 401 || fault.status === 403)) throw notForUs(fault, http);
    if (ENDS_SEARCH.has(fault.kind)) throw fault;
    failures.push(fault.message);
    return null;
  }
}

function notForUs({ message }: SiteFault, { signedIn }: SiteHttp): DatelineError {
  const why = signedIn
    ? 'The site does not accept WORDPRESS_CREDENTIALS.'
    : 'The site shows its API only to those it knows: set WORDPRESS_CREDENTIALS.';
  return new DatelineError('BAD_USER_INPUT', `${why} ${message}`);
}

async function pageAt(url: URL, http: SiteHttp): Promise<SiteAnswer | null> {
  try {
    return await http.get(url);
  } catch (error) {
    faultIn(error);
    return null;
  }
}

function rootNamedBy({ url, headers, text }: SiteAnswer): ApiRoot | null {
  const header = /<([^<>]+)>;\s*rel="?https:\/\/api\.w\.org\/"?/.exec(headers.get('link') ?? '')?.[1];
  const link = text
    .slice(0, 500_000)
    .match(LINK)
    ?.find((each) => REL.test(each));
  const href = header ?? HREF.exec(link ?? '')?.[1];
  return href === undefined ? null : namedRoot(href.replaceAll('&amp;', '&').replaceAll('&#038;', '&'), url);
}
