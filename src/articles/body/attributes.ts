import { MAX_ATTRIBUTE_LENGTH } from './sanitise';
import type { Attributes } from './tree';

/**
 * The attributes of an element as they are published: values of a wrong form are left out, addresses have
 * the form that every browser makes of them, and what links and players must carry is added. The sanitiser
 * has decided before which attributes an element may have; this only tidies, and does so once for all:
 * its own result it leaves as it is.
 */
export function tidyAttributes(element: string, attributes: Attributes): Attributes {
  const tidy: Record<string, string> = {};
  for (const name in attributes) {
    const value = tidyValue(name, attributes[name] ?? '');
    if (value !== null && value.length <= MAX_ATTRIBUTE_LENGTH) tidy[name] = value;
  }
  if (element === 'a') tidy.rel = relOf(attributes.rel ?? '');
  if (element === 'video' || element === 'audio') tidy.controls = '';
  if (element === 'iframe' && tidy.src !== undefined) tidy.src = tidy.src.replace(/^http:/i, 'https:');
  return tidy;
}

/** Text without characters that JSON, XML or PostgreSQL cannot carry, with `\n` for every line break. */
export function tidyText(text: string): string {
  return UNTIDY.test(text)
    ? text.replace(LINE_BREAKS, '\n').replace(UNTIDY_ALL, '').replace(SURROGATES, '\ufffd')
    : text;
}

type Tidy = (value: string) => string | null;

const UNTIDY = /[^\P{Cc}\t\n]|\p{Cs}|[\ufffe\uffff]/u;
const UNTIDY_ALL = /[^\P{Cc}\t\n]|[\ufffe\uffff]/gu;
const LINE_BREAKS = /\r\n?/g;
const SURROGATES = /\p{Cs}/gu;

const PIXELS: Tidy = (value) => /^0*([1-9]\d{0,4})(?:px)?$/.exec(value.trim())?.[1] ?? null;
const SPAN = matching(/^[1-9]\d{0,2}$/);
const NUMBER = matching(/^-?\d{1,9}$/);
const FLAG: Tidy = () => '';
const TEXT: Tidy = (value) => tidyText(value).trim() || null;

const TIDIERS: Readonly<Record<string, Tidy>> = {
  href: tidyUrl,
  src: tidyUrl,
  poster: tidyUrl,
  cite: tidyUrl,
  srcset: TEXT,
  sizes: TEXT,
  class: TEXT,
  title: TEXT,
  datetime: TEXT,
  alt: (value) => tidyText(value).trim(),
  dir: (value) => /^(?:ltr|rtl|auto)$/.exec(value.trim().toLowerCase())?.[0] ?? null,
  lang: matching(/^[a-z]{1,8}(?:-[a-z\d]{1,8}){0,7}$/i),
  width: PIXELS,
  height: PIXELS,
  colspan: SPAN,
  rowspan: SPAN,
  start: NUMBER,
  value: NUMBER,
  scope: matching(/^(?:row|col|rowgroup|colgroup)$/),
  type: matching(/^(?:[1aAiI]|(?:audio|video)\/[\w.+-]+(?:; *codecs=[\w.,"' +-]+)?)$/),
  controls: FLAG,
  reversed: FLAG,
  allowfullscreen: FLAG,
  open: FLAG,
};

function tidyValue(name: string, value: string): string | null {
  return TIDIERS[name]?.(value) ?? null;
}

function matching(pattern: RegExp): Tidy {
  return (value) => {
    const trimmed = value.trim();
    return pattern.test(trimmed) ? trimmed : null;
  };
}

/** Browsers drop line breaks and tabs within an address, take backslashes for slashes, and encode spaces. */
function tidyUrl(value: string): string | null {
  const url = tidyText(value)
    .replace(/[\t\n]/g, '')
    .trim()
    .replaceAll(' ', '%20');
  return url.replace(/^[/\\]{2}/, 'https://') || null;
}

// What search engines are told about a link is the newsroom's duty (paid links); opener is the reader's risk.
const REL_TOKENS = ['nofollow', 'sponsored', 'ugc'];

function relOf(rel: string): string {
  const tokens = rel.toLowerCase().split(/\s+/);
  return ['noopener', ...REL_TOKENS.filter((token) => tokens.includes(token))].join(' ');
}
