/** The publisher's site: what is written for it in the environment, and what follows from that. */
import { readWebAddress } from './config.identity';
import { NO_SITE, type Site } from './core/site';

const LONGEST_NAME = 200;

/** Without the slashes at its end. */
export function readSite(text: string): string | undefined {
  const address = text.includes('?') ? undefined : readWebAddress(text);
  return address?.replace(/\/+$/, '');
}

export function readName(text: string): string | undefined {
  return text.length <= LONGEST_NAME ? text : undefined;
}

export function siteIn(set: {
  readonly SITE_URL: string | null;
  readonly SITE_NAME: string | null;
  readonly PUBLIC_URL: string | null;
}): Site {
  const { SITE_URL: url, SITE_NAME: name, PUBLIC_URL: documents } = set;
  return {
    url,
    documents: documents ?? url,
    name: name ?? (url === null ? NO_SITE.name : new URL(url).host),
  };
}
