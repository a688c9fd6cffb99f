import type { SurveyRecord } from '../import-source';
import { CO_AUTHORS } from '../wordpress/co-authors';
import type { Parameters } from './api-root';
import { type KnownTerm, knownTerm, mapMedia, mapTerm } from './map-subjects';
import { since } from './marks';
import type { RestSite } from './rest-site';
import { listed, media, term } from './shapes';
import { faultIn } from './site-fault';
import type { SiteReader } from './site-reader';

const TERM_FIELDS = 'id,slug,name,description,link,parent';
export const MEDIA_FIELDS = 'id,source_url,status,title,alt_text,caption,post,media_details';

export interface SubjectQuestions {
  readonly site: RestSite;
  readonly onLost: (message: string) => void;
  readonly onProgress: (done: number, total: number | null) => void;
}

/** All terms by their ids. One whose parent comes later can be mapped only when all are here. @throws SiteFault */
export async function readTerms(
  reader: SiteReader,
  { site, onLost, onProgress }: SubjectQuestions,
): Promise<Map<number, KnownTerm>> {
  const terms = new Map<number, KnownTerm>();
  for (const { name, route } of site.taxonomies) {
    let done = 0;
    try {
      for await (const { items, total } of reader.walk(route, { _fields: TERM_FIELDS }, term)) {
        for (const each of items) terms.set(each.id, knownTerm(name, each));
        done += items.length;
        onProgress(done, total);
      }
    } catch (error) {
      const fault = faultIn(error);
      if (!fault.closed) throw fault;
      onLost(`The terms of "${name}" cannot be read. ${fault.message}`);
    }
  }
  return terms;
}

/** What articles are about; who has written them is told by terms, too. */
export function* mapTerms(terms: ReadonlyMap<number, KnownTerm>): Generator<SurveyRecord, void, undefined> {
  for (const each of terms.values()) if (each.taxonomy !== CO_AUTHORS) yield mapTerm(each, terms);
}

/** The pictures, or those that have changed since the mark was made. @throws SiteFault */
export async function* readMedia(
  reader: SiteReader,
  mark: string | undefined,
  { site, onLost, onProgress }: SubjectQuestions,
): AsyncGenerator<SurveyRecord, void, undefined> {
  const after: Parameters = mark === undefined ? {} : { modified_after: since(mark) };
  let done = 0;
  try {
    const parameters = { ...site.media, ...after, _fields: MEDIA_FIELDS };
    for await (const { items, total } of reader.walk('wp/v2/media', parameters, media)) {
      for (const each of items) yield mapMedia(each);
      done += items.length;
      onProgress(done, total);
    }
  } catch (error) {
    const fault = faultIn(error);
    if (!fault.closed) throw fault;
    onLost(`The pictures cannot be read. ${fault.message}`);
  }
}

/** The greatest id of a list, 0 for an empty or closed one. @throws SiteFault */
export async function lastIdOf(reader: SiteReader, route: string): Promise<number> {
  try {
    const { items } = await reader.api.list(route, { orderby: 'id', order: 'desc', _fields: 'id' }, 1);
    return listed.safeParse(items[0]).data?.id ?? 0;
  } catch (error) {
    const fault = faultIn(error);
    if (!fault.closed) throw fault;
    return 0;
  }
}
