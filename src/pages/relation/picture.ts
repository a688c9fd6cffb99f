import { html, type Markup, styleElement } from '../../core/markup';
import { isolatedText, type Wording } from '../wording';
import { CHART_HEIGHT, chart } from './chart';
import type { RelationModel } from './model';
import { PICTURE_STYLE } from './style';
import { chartWords } from './summary';

const WIDTH = 800;
const MARGIN = 24;
const INNER = WIDTH - 2 * MARGIN;
/** Where the chart begins. */
const HEAD = 84;
/** Of what is written below it. */
const ROW = 24;
const COLUMNS = 3;
/** Characters of all names in the title that can be read; the rest of the title is in the <title>. */
const LONGEST_TITLE = 50;

/** The timeline as a file by itself, which any page may show. */
export function relationPicture(model: RelationModel, wording: Wording): Markup {
  const { topics, span, bursts, interval } = model;
  const isRightToLeft = wording.direction === 'rtl';
  const edge = isRightToLeft ? WIDTH - MARGIN : MARGIN;
  const words = chartWords(model, wording);
  const written = topics.reduce((sum, { name }) => sum + name.length, 0);
  const longest = written <= LONGEST_TITLE ? LONGEST_TITLE : Math.floor(LONGEST_TITLE / topics.length);
  const names = topics.map(({ name }) => isolatedText(shortened(name, longest)));
  const legend = [
    { kind: 'bar', text: wording.text('legendBar') },
    { kind: 'mark', text: wording.text('legendBaseline') },
    ...bursts.map((burst, place) => ({
      kind: 'band',
      text: `${wording.text('legendBurst')} ${wording.number(place + 1)}: ${isolatedText(wording.days(burst))}`,
    })),
  ];
  const height = HEAD + CHART_HEIGHT + MARGIN + ROW * Math.ceil(legend.length / COLUMNS) + MARGIN / 2;
  const drawn = chart(model, wording);
  return html`<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title description" direction="${wording.direction}" xml:lang="${wording.tag}">
<title id="title">${words.title}</title>
<desc id="description">${words.summary}</desc>
${styleElement(PICTURE_STYLE)}
<rect class="ground" width="${WIDTH}" height="${height}"/>
<text class="title" x="${edge}" y="40">${wording.text('chartTitle', { topics: wording.listText(names), interval })}</text>
<text class="quiet" x="${edge}" y="64">${span === null ? wording.text('noDays') : words.summary}</text>
${drawn && html`<svg x="${MARGIN}" y="${HEAD}" width="${INNER}" height="${CHART_HEIGHT}" overflow="visible" aria-hidden="true">${drawn}</svg>`}
${legend.map(({ kind, text }, place) => {
  const x = (place % COLUMNS) * (INNER / COLUMNS);
  const y = HEAD + CHART_HEIGHT + MARGIN + ROW * Math.floor(place / COLUMNS);
  const [key, label] = isRightToLeft ? [edge - x - 14, edge - x - 22] : [edge + x, edge + x + 22];
  return html`${keyOf(kind, key, y - 11)}<text x="${label}" y="${y}">${text}</text>`;
})}
</svg>
`;
}

/** What a colour stands for, as a square of 14 pixels or a line. */
function keyOf(kind: string, x: number, y: number): Markup {
  if (kind === 'mark') return html`<line class="mark" x1="${x}" x2="${x + 14}" y1="${y + 7}" y2="${y + 7}"/>`;
  return html`<rect class="${kind}" x="${x}" y="${y}" width="14" height="14"/>`;
}

function shortened(name: string, longest: number): string {
  const characters = Array.from(name);
  return characters.length <= longest ? name : `${characters.slice(0, longest - 1).join('')}…`;
}
