import { type Child, html, type Markup } from '../../core/markup';
import { isolatedText, type Wording } from '../wording';
import type { Column, Period, RelationModel } from './model';

/** Pixels from the top: of the numbers of bursts, of the plot, and of what is written below it. */
const TOP = 24;
const PLOT = 180;
const AXIS = 28;
export const CHART_HEIGHT = TOP + PLOT + AXIS;
/** Of a column, what stands between it and the next. */
const GAP = 0.16;
/** Dates below the plot. */
const DATES = 6;
/** Of the width: a date that begins later would run out of the picture. */
const LAST_DATE = 0.92;

/** Where things stand: across in per cent of a width that is not known, down in pixels. */
interface Plane {
  readonly span: Period;
  readonly top: number;
  readonly isRightToLeft: boolean;
}

/**
 * The timeline as what stands inside of an SVG element of any width: a column for each interval, a mark where it was
 * to be expected, and a band over each burst. Time runs in the direction of the language.
 */
export function chart(model: RelationModel, wording: Wording): Markup | null {
  const { span, columns, bursts } = model;
  if (span === null) return null;
  const highest = Math.max(...columns.map(({ count, baseline }) => Math.max(count, baseline ?? 0)));
  const plane: Plane = { span, top: roundedUp(highest), isRightToLeft: wording.direction === 'rtl' };
  return html`${bursts.map((burst, place) => band(plane, burst, wording.number(place + 1)))}
${gridLines(plane, wording)}
${columns.map((column) => bar(plane, column, wording))}
${columns.map((column) => mark(plane, column))}
${dates(plane, model, wording)}`;
}

function band(plane: Plane, burst: Period, number: string): Markup {
  const { left, width } = across(plane, burst);
  return html`<rect class="band" x="${percent(left)}" y="0" width="${percent(width)}" height="${TOP + PLOT}"/>
<text class="number" x="${percent(left + width / 2)}" y="16" text-anchor="middle">${number}</text>`;
}

function bar(plane: Plane, column: Column, wording: Wording): Markup {
  const { left, width } = across(plane, column);
  const y = down(plane, column.count);
  const tip = wording.text('bucketTip', {
    period: wording.days(column),
    count: wording.number(column.count),
    total: column.total,
  });
  const gap = width * GAP;
  return html`<rect class="bar" x="${percent(left + gap / 2)}" y="${y}" width="${percent(width - gap)}" height="${rounded(TOP + PLOT - y)}"><title>${tip}</title></rect>`;
}

function mark(plane: Plane, column: Column): Child {
  // Where nothing was published nothing was to be expected.
  if (column.baseline === null || column.total === 0) return null;
  const { left, width } = across(plane, column);
  const y = down(plane, column.baseline);
  return html`<line class="mark" x1="${percent(left)}" x2="${percent(left + width)}" y1="${y}" y2="${y}"/>`;
}

function gridLines(plane: Plane, wording: Wording): Child {
  const values = plane.top % 2 === 0 ? [0, plane.top / 2, plane.top] : [0, plane.top];
  const edge = plane.isRightToLeft ? '100%' : '0%';
  return values.map((value) => {
    const y = down(plane, value);
    const label = html`<text class="level" x="${edge}" y="${y - 4}">${wording.number(value)}</text>`;
    return html`<line class="grid" x1="0%" x2="100%" y1="${y}" y2="${y}"/>${value > 0 && label}`;
  });
}

function dates(plane: Plane, { columns, interval, span }: RelationModel, wording: Wording): Child {
  const isLong = span !== null && span.end - span.start > 300 * 86_400_000;
  const say = (at: number) => {
    if (interval === 'YEAR') return wording.year(at);
    return interval === 'MONTH' || isLong ? wording.month(at) : wording.shortDate(at);
  };
  const step = Math.max(1, Math.ceil(columns.length / DATES));
  return columns
    .filter((_, place) => place % step === 0)
    .map((column, place) => {
      const { left, width } = across(plane, column);
      const before = plane.isRightToLeft ? 1 - left - width : left;
      if (before > LAST_DATE && place > 0) return null;
      const edge = percent(plane.isRightToLeft ? left + width : left);
      // On a phone there is room for every second of them.
      const kind = place % 2 === 0 ? 'date' : 'date minor';
      return html`<text class="${kind}" x="${edge}" y="${TOP + PLOT + 18}">${isolatedText(say(column.start))}</text>`;
    });
}

function across({ span, isRightToLeft }: Plane, { start, end }: Period) {
  const length = span.end - span.start;
  const from = Math.max(0, (start - span.start) / length);
  const width = Math.min(1, (end - span.start) / length) - from;
  return { left: isRightToLeft ? 1 - from - width : from, width };
}

function down({ top }: Plane, value: number): number {
  return rounded(TOP + PLOT * (1 - value / top));
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

function percent(share: number): string {
  return `${Math.round(share * 100_000) / 1_000}%`;
}

/** The next of 1, 2, 4, 6, 8, 10, 20, …: an axis has a middle that can be told. */
function roundedUp(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return unit * ([1, 2, 4, 6, 8, 10].find((step) => value <= step * unit) ?? 10);
}
