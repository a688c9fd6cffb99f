/** The publisher's site, as documents that leave the house name it. Addresses have no slash at their end. */
export interface Site {
  /** Where readers find what paths of articles name; null where nobody has said. */
  readonly url: string | null;
  /** Where clients find Dateline's own documents. */
  readonly documents: string | null;
  readonly name: string;
}

export const NO_SITE: Site = { url: null, documents: null, name: 'Dateline' };
