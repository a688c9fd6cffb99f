import { type Child, html, type Markup, styleElement } from '../../core/markup';
import { OWN_NAMES, PAGE_LANGUAGES } from '../vocabulary';
import type { Wording } from '../wording';
import { type Kept, queryOf } from './asked';
import { PAGE_STYLE } from './style';

const ICON =
  'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 32 32%22%3E%3Crect width=%2232%22 height=%2232%22 rx=%226%22 fill=%22%231d3557%22/%3E%3Cpath d=%22M6 9h20M6 16h12M6 23h20%22 stroke=%22%23fff%22 stroke-width=%223%22/%3E%3C/svg%3E';

export interface Framed {
  readonly wording: Wording;
  /** As text. */
  readonly title: string;
  readonly kept: Kept;
  /** The address of the page itself, without what it keeps; relative, as all addresses are. */
  readonly here: string;
  /** The address of the list of relations. */
  readonly home: string;
  /** What else tells the same, in other formats. */
  readonly alternates?: readonly Alternate[];
  readonly main: Child;
}

export interface Alternate {
  readonly href: string;
  readonly type: string;
  readonly title: string;
}

/** What every page has around it. It reads as well without the style. */
export function framed({ wording, title, kept, here, home, alternates = [], main }: Framed): Markup {
  const { from: _from, to: _to, interval: _interval, ...chosen } = kept;
  return html`<!doctype html>
<html lang="${wording.tag}" dir="${wording.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="${ICON}">
${alternates.map(({ href, type, title: name }) => html`<link rel="alternate" type="${type}" title="${name}" href="${href}">\n`)}${styleElement(PAGE_STYLE)}
</head>
<body>
<a class="skip" href="#content">${wording.say('skip')}</a>
<header class="top"><div class="frame">
<a href="${home + queryOf(chosen)}"><strong lang="en" dir="ltr">Dateline</strong> ${wording.say('relations')}</a>
<nav aria-label="${wording.text('languages')}"><ul>${PAGE_LANGUAGES.map((language) => {
    const name = OWN_NAMES[language];
    const isHere = language === wording.language;
    return html`<li><a href="${here + queryOf({ ...kept, language })}" lang="${language}" hreflang="${language}"${isHere && html` aria-current="true"`}>${name}</a></li>`;
  })}</ul></nav>
</div></header>
<main id="content" class="frame">
${main}
</main>
</body>
</html>
`;
}
