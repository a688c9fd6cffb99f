import type { TimeBucket } from '../../core/calendar';
import type { Instant } from '../../core/clock';
import { html, type Markup } from '../../core/markup';
import type { Message } from '../vocabulary';
import { type Asked, addressOf, type Kept } from './asked';
import type { RelationModel } from './model';

const INTERVALS: readonly (readonly [value: string, interval: TimeBucket | null, says: Message])[] = [
  ['', null, 'automatic'],
  ['day', 'DAY', 'days'],
  ['week', 'WEEK', 'weeks'],
  ['month', 'MONTH', 'months'],
  ['year', 'YEAR', 'years'],
];
/** Months up to the newest article that are one click away. */
const MONTHS = [1, 3, 12, 60] as const;

/** A form that needs no script, and the times that are mostly wanted. */
export function timeChooser({ topics, archiveEnd, span }: RelationModel, asked: Asked): Markup {
  const { wording, kept, interval } = asked;
  const slugs = topics.map(({ slug }) => slug);
  const { from: _from, to: _to, ...rest } = kept;
  const link = (times: Kept, text: Markup) => {
    const isHere = times.from === kept.from && kept.to === undefined;
    return html`<li><a href="${addressOf(slugs, { ...rest, ...times })}"${isHere && html` aria-current="true"`}>${text}</a></li>`;
  };
  const presets =
    span === null
      ? []
      : MONTHS.map((months) => ({ months, from: dayText(monthsBefore(archiveEnd, months)) }));
  return html`<section class="time" aria-label="${wording.text('time')}">
<ul class="presets">${presets.map(({ months, from }) => {
    const years = months / 12;
    return link(
      { from },
      years < 1 ? wording.say('lastMonths', { months }) : wording.say('lastYears', { years }),
    );
  })}${link({}, wording.say('wholeArchive'))}</ul>
<form method="get">
<div><label for="from">${wording.say('from')}</label><input id="from" name="from" type="date" value="${kept.from ?? ''}"></div>
<div><label for="to">${wording.say('to')}</label><input id="to" name="to" type="date" value="${kept.to ?? ''}"></div>
<div><label for="interval">${wording.say('interval')}</label><select id="interval" name="interval">${INTERVALS.map(
    ([value, each, says]) =>
      html`<option value="${value}"${each === interval && html` selected`}>${wording.say(says)}</option>`,
  )}</select></div>
${kept.language !== undefined && html`<input type="hidden" name="language" value="${kept.language}">`}
<button>${wording.say('show')}</button>
</form>
</section>`;
}

function monthsBefore(end: Instant, months: number): Instant {
  const at = new Date(end);
  const day = at.getUTCDate();
  at.setUTCMonth(at.getUTCMonth() - months);
  // Three months before the 31st of May there is no such day.
  if (at.getUTCDate() !== day) at.setUTCDate(0);
  return at.getTime();
}

function dayText(at: Instant): string {
  return new Date(at).toISOString().slice(0, 10);
}
