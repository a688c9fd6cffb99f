import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Instant } from '../../core/clock';
import { parseWordPressDate } from '../wordpress/dates';
import type { Parameters } from './api-root';
import type { KnownTerm } from './map-subjects';
import { faultIn } from './site-fault';
import type { SiteReader } from './site-reader';

/** In milliseconds: a change may become visible a little after the time that it carries. */
const OVERLAP = 5 * 60_000;

/** `modified_after` for all that can have changed since the mark was made. */
export function since(mark: string): string {
  const at = Date.parse(mark);
  return new Date(Number.isNaN(at) ? 0 : Math.max(0, at - OVERLAP)).toISOString();
}

/**
 * The time up to which a list is known once it has been read from now on: when it was changed last, by the site's own
 * clock. Taken before the list is read, for what changes meanwhile may be missed. Null for a list that is closed.
 * @throws SiteFault
 */
export async function markOfList(
  reader: SiteReader,
  route: string,
  parameters: Parameters,
  field: 'modified_gmt' | 'date_gmt',
  now: Instant,
): Promise<string | null> {
  const orderby = field === 'modified_gmt' ? 'modified' : 'date_gmt';
  const newest = { ...parameters, orderby, order: 'desc', _fields: `id,${field}` };
  try {
    const { items, headers } = await reader.api.list(route, newest, 1);
    const at = parseWordPressDate(dated.safeParse(items[0]).data?.[field] ?? '') ?? 0;
    const there = Date.parse(headers.get('date') ?? '');
    // A date in the future would hide what is changed until then.
    return new Date(Math.min(at, Number.isNaN(there) ? now : there)).toISOString();
  } catch (error) {
    const fault = faultIn(error);
    if (!fault.closed) throw fault;
    return null;
  }
}

const dated = z.object({ modified_gmt: z.string().optional(), date_gmt: z.string().optional() });

/** The terms that articles could refer to: the greatest id, and a hash of all ids and slugs up to it. */
export function termsMark(terms: Iterable<KnownTerm>): string {
  const all = [...terms];
  const last = all.reduce((greatest, { id }) => Math.max(greatest, id), 0);
  return `${last} ${hashUpTo(all, last)}`;
}

/**
 * Whether one of the terms that the mark was made of has another slug now, or is gone. WordPress does not count that as
 * a change of the articles that carry it.
 */
export function termsHaveChanged(mark: string, terms: Iterable<KnownTerm>): boolean {
  const [last = '', hash] = mark.split(' ');
  return hashUpTo([...terms], Number(last)) !== hash;
}

function hashUpTo(terms: readonly KnownTerm[], last: number): string {
  const lines = terms
    .filter(({ id }) => id <= last)
    .sort((a, b) => a.id - b.id)
    .map(({ id, taxonomy, slug }) => `${id} ${taxonomy} ${slug}`);
  return createHash('sha256').update(lines.join('\n')).digest('base64url');
}
