import { type Child, html, type Markup } from '../../core/markup';
import { isolated, type Wording } from '../wording';
import type { RelationModel } from './model';

/** Counts and association, in words where there are two topics and in a table where there are more. */
export function numbers(model: RelationModel, wording: Wording): Markup {
  const { association, topics } = model;
  const facts: readonly (readonly [name: Child, value: string])[] = [
    [wording.say('together'), wording.number(association.together)],
    [wording.say('byChance'), wording.measure(association.expected)],
    ...topics.map(({ name }, place): readonly [Child, string] => [
      isolated(name),
      wording.number(association.each[place] ?? 0),
    ]),
    [wording.say('allArticles'), wording.number(association.total)],
  ];
  return html`<h2 id="numbers">${wording.say('inNumbers')}</h2>
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${topics.length === 2 ? sentences(model, wording) : matrix(model, wording)}
${measures(model, wording)}`;
}

function sentences({ association, topics }: RelationModel, wording: Wording): Child {
  return association.conditional.map(({ given, topic, share }) => {
    const [about, too] = [topics[given], topics[topic]];
    // Of a topic that nothing is about there is nothing to tell.
    if (share === null || !about || !too) return null;
    const names = { given: isolated(about.name), topic: isolated(too.name) };
    return html`<p>${wording.say('conditional', { share: wording.percent(share), ...names })}</p>`;
  });
}

function matrix({ association, topics }: RelationModel, wording: Wording): Markup {
  const shares = new Map(
    association.conditional.map(({ given, topic, share }) => [`${given} ${topic}`, share]),
  );
  const shown = (given: number, topic: number) => {
    const share = shares.get(`${given} ${topic}`) ?? null;
    return share === null ? '–' : wording.percent(share);
  };
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${wording.text('conditionalTable')}"><table>
<caption>${wording.say('conditionalTable')}</caption>
<thead><tr><td></td>${topics.map(({ name }) => html`<th scope="col" class="figure">${isolated(name)}</th>`)}</tr></thead>
<tbody>${topics.map(
    ({ name }, given) =>
      html`<tr><th scope="row">${isolated(name)}</th>${topics.map((_, topic) => html`<td class="figure">${shown(given, topic)}</td>`)}</tr>`,
  )}</tbody></table></div>`;
}

function measures({ association, momentum }: RelationModel, wording: Wording): Markup {
  const { lift, npmi, jaccard, logLikelihood } = association;
  const rows = [
    ['lift', lift],
    ['npmi', npmi],
    ['jaccard', jaccard],
    ['logLikelihood', logLikelihood],
    ['momentum', momentum],
  ] as const;
  return html`<details><summary>${wording.say('measures')}</summary>
<div class="scroll"><table><tbody>${rows.map(
    ([name, value]) => html`<tr><th scope="row">${wording.say(name)}</th>
<td class="figure">${value === null ? '–' : wording.measure(value)}</td></tr>`,
  )}</tbody></table></div></details>`;
}
