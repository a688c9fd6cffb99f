/** The rights of an article, in words that formats and headers have for them. */

export interface ToldRights {
  readonly credit: string | null;
  /** A name, or an address of the terms. */
  readonly licence: string | null;
  readonly textAndDataMining: boolean;
}

/** For people, in one line; empty where nothing is said. */
export function rightsInWords({ credit, licence, textAndDataMining }: ToldRights): string {
  const mining = textAndDataMining ? null : 'Text and data mining reserved';
  return [credit, licence, mining].filter((part) => part !== null).join('. ');
}

/** Terms that have an address on the web. */
export function licenceAddress({ licence }: Pick<ToldRights, 'licence'>): string | null {
  return licence !== null && /^https?:\/\//i.test(licence) && URL.canParse(licence)
    ? new URL(licence).href
    : null;
}

/** What says to machines that they must not learn from a document: the TDM Reservation Protocol of the W3C's group. */
export function miningHeaders(rights: ToldRights): Readonly<Record<string, string>> {
  if (rights.textAndDataMining) return {};
  const policy = licenceAddress(rights);
  return { 'tdm-reservation': '1', ...(policy === null ? {} : { 'tdm-policy': policy }) };
}
