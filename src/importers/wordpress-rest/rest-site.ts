import { DatelineError } from '../../core/errors';
import type { ImportMedium } from '../wordpress';
import { CO_AUTHORS } from '../wordpress/co-authors';
import { isSubject } from '../wordpress/map-terms';
import type { Parameters } from './api-root';
import { type Described, described, languages, me } from './shapes';
import { faultIn } from './site-fault';
import type { SiteReader } from './site-reader';

/** A post type or a taxonomy, and where its items are. */
export interface Collection {
  /** WordPress's own name: post, post_tag. */
  readonly name: string;
  readonly route: string;
  /** The field of a post that holds its items' ids; of a taxonomy. */
  readonly field: string;
}

/** What a site gives to whoever asks. */
export interface RestSite {
  readonly medium: Exclude<ImportMedium, 'EXPORT'>;
  /** Post types that become articles. */
  readonly types: readonly Collection[];
  readonly taxonomies: readonly Collection[];
  /** Polylang's name of a language -> the locale. */
  readonly locales: ReadonlyMap<string, string>;
  /** How posts, comments, users and pictures are asked for. */
  readonly posts: Parameters;
  readonly comments: Parameters;
  readonly users: Parameters;
  readonly media: Parameters;
}

const BUILT_IN_TYPES: Described = {
  post: { rest_base: 'posts', rest_namespace: 'wp/v2', types: [], hierarchical: false },
  page: { rest_base: 'pages', rest_namespace: 'wp/v2', types: [], hierarchical: true },
};
const BUILT_IN_TAXONOMIES: Described = {
  category: { rest_base: 'categories', rest_namespace: 'wp/v2', types: ['post'], hierarchical: true },
  post_tag: { rest_base: 'tags', rest_namespace: 'wp/v2', types: ['post'], hierarchical: false },
};
const EDITORS_STATES = ['publish', 'future', 'draft', 'pending', 'private'];

export interface SiteQuestions {
  readonly postTypes: readonly string[];
  readonly signedIn: boolean;
  readonly namespaces: readonly string[];
  /** Told in a sentence of what whoever asks may not see. */
  readonly onLess: (message: string) => void;
}

/**
 * Asks a site what it has.
 * @throws DatelineError BAD_USER_INPUT for a post type that it does not have, or credentials that it does not know
 */
export async function askSite(reader: SiteReader, questions: SiteQuestions): Promise<RestSite> {
  const may = questions.signedIn ? await capabilitiesOf(reader, questions.onLess) : new Set<string>();
  const types = await typesOf(reader, questions.postTypes);
  const raw = may.has('edit_others_posts');
  return {
    medium: raw ? 'API_RAW' : 'API',
    types,
    taxonomies: await taxonomiesOf(reader, types),
    locales: await localesOf(reader, questions.namespaces),
    posts: raw ? { context: 'edit', status: EDITORS_STATES } : {},
    comments: may.has('moderate_comments') ? { context: 'edit', status: 'all' } : {},
    users: may.has('list_users') ? { context: 'edit' } : {},
    media: raw ? { context: 'edit' } : {},
  };
}

async function capabilitiesOf(reader: SiteReader, onLess: (message: string) => void): Promise<Set<string>> {
  try {
    const { body } = await reader.api.get('wp/v2/users/me', { context: 'edit', _fields: 'id,capabilities' });
    const { capabilities } = me.parse(body);
    const may = new Set(Object.keys(capabilities).filter((name) => capabilities[name] === true));
    if (!may.has('edit_others_posts')) onLess('drafts: the user of WORDPRESS_CREDENTIALS may not see them');
    if (!may.has('moderate_comments'))
      onLess('held comments: the user of WORDPRESS_CREDENTIALS may not see them');
    return may;
  } catch (error) {
    const fault = faultIn(error);
    if (!fault.closed) throw fault;
    throw new DatelineError(
      'BAD_USER_INPUT',
      `The site does not accept WORDPRESS_CREDENTIALS. ${fault.message}`,
    );
  }
}

async function typesOf(reader: SiteReader, postTypes: readonly string[]): Promise<Collection[]> {
  const known = await descriptionsAt(reader, 'wp/v2/types', BUILT_IN_TYPES);
  return ['post', 'page', ...postTypes]
    .filter((name, index, all) => all.indexOf(name) === index)
    .map((name) => {
      const type = known[name] ?? BUILT_IN_TYPES[name];
      if (type !== undefined) return collectionOf(name, type);
      const names = Object.keys(known).join(', ');
      throw new DatelineError('BAD_USER_INPUT', `The site shows no post type "${name}". It shows: ${names}.`);
    });
}

/** Those that say what articles of these types are about, and by a plugin who has written them. */
async function taxonomiesOf(reader: SiteReader, types: readonly Collection[]): Promise<Collection[]> {
  const known = await descriptionsAt(reader, 'wp/v2/taxonomies', BUILT_IN_TAXONOMIES);
  const wanted = new Set(types.map(({ name }) => name));
  return Object.entries(known)
    .filter(([name]) => isSubject(name) || name === CO_AUTHORS)
    .filter(([, taxonomy]) => taxonomy.types.some((type) => wanted.has(type)))
    .map(([name, taxonomy]) => collectionOf(name, taxonomy));
}

function collectionOf(name: string, { rest_base, rest_namespace }: Described[string]): Collection {
  const field = rest_base || name;
  return { name, field, route: `${rest_namespace}/${field}` };
}

async function descriptionsAt(reader: SiteReader, route: string, builtIn: Described): Promise<Described> {
  try {
    const parsed = described.safeParse((await reader.api.get(route)).body);
    return parsed.success ? { ...builtIn, ...parsed.data } : builtIn;
  } catch (error) {
    const fault = faultIn(error);
    if (!fault.closed) throw fault;
    return builtIn;
  }
}

/** Polylang tells the locales of its languages at a route of its own. */
async function localesOf(reader: SiteReader, namespaces: readonly string[]): Promise<Map<string, string>> {
  if (!namespaces.includes('pll/v1')) return new Map();
  try {
    const { body } = await reader.api.get('pll/v1/languages');
    return new Map(languages.parse(body).map(({ slug, locale }) => [slug, locale || slug]));
  } catch (error) {
    const fault = faultIn(error);
    if (!fault.closed) throw fault;
    return new Map();
  }
}
