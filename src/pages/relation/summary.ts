import { type Child, html, type Markup } from '../../core/markup';
import { isolated, isolatedText, type Wording } from '../wording';
import type { RelationModel } from './model';

/** Lifts between which a relation is as often as by chance, for somebody who reads two digits. */
const LIKE_CHANCE = { from: 0.95, to: 1.05 };
/** Momenta between which nothing is gained or lost. */
const STEADY = { from: 0.67, to: 1.5 };
/** Below this the fresh coverage is what is left of a decay. */
const NOTHING_LATELY = 0.05;

/** The relation in a sentence. */
export function lede({ association, span }: RelationModel, wording: Wording): Markup {
  if (span === null) return wording.say('noDays');
  const { together } = association;
  const times = { from: wording.date(span.start), to: wording.date(span.end - 1) };
  if (together === 0) return wording.say('neverCovered', times);
  return wording.say('covered', { ...times, count: together, howMuch: howMuch(association, wording) });
}

function howMuch({ lift }: RelationModel['association'], wording: Wording): string {
  if (lift === null) return wording.text('tooFew');
  if (lift > LIKE_CHANCE.to) return wording.text('moreThanChance', { lift: wording.times(lift) });
  if (lift < LIKE_CHANCE.from) return wording.text('lessThanChance', { lift: wording.times(lift) });
  return wording.text('likeChance');
}

/** Whether that means anything, and whether it changes. Of what is too little nothing is said. */
export function conclusions({ association, momentum, topics }: RelationModel, wording: Wording): Child {
  const { lift, significant } = association;
  if (lift === null) return null;
  const isPair = topics.length === 2;
  const meaning = significant
    ? wording.say(isPair ? 'significant' : 'significantPairs')
    : wording.say(isPair ? 'notSignificant' : 'notSignificantPairs');
  return html`<p>${meaning}</p>${momentum !== null && html`<p>${tendency(momentum, wording)}</p>`}`;
}

function tendency(momentum: number, wording: Wording): Markup {
  if (momentum < NOTHING_LATELY) return wording.say('outOfTheNews');
  const times = { times: wording.times(momentum) };
  if (momentum >= STEADY.to) return wording.say('gaining', times);
  return momentum <= STEADY.from ? wording.say('losing', times) : wording.say('steady');
}

/** "Afghanistan and Pakistan". */
export function topicsInWords({ topics }: Pick<RelationModel, 'topics'>, wording: Wording): Markup {
  return wording.list(topics.map(({ name }) => isolated(name)));
}

/** The same where there can be no markup. */
export function topicsAsText({ topics }: Pick<RelationModel, 'topics'>, wording: Wording): string {
  return wording.listText(topics.map(({ name }) => isolatedText(name)));
}

/** What the chart shows, for those who do not see it. */
export function chartWords(model: RelationModel, wording: Wording) {
  const { interval, span, association, bursts } = model;
  const title = wording.text('chartTitle', { topics: topicsAsText(model, wording), interval });
  if (span === null) return { title, summary: wording.text('noDays') };
  const facts = {
    from: wording.date(span.start),
    to: wording.date(span.end - 1),
    count: association.together,
    bursts: bursts.length,
  };
  return { title, summary: wording.text('chartSummary', facts) };
}
