import { normalise, slugify } from '../../src/core/text';
import type { Random } from './random';
import type { Rows } from './rows';

export const AUTHOR_COUNT = 200;
export const TOPIC_COUNT = 2_000;

/** "Name > Name > …": children follow their parent; the depth is the number of dots. */
const CATEGORY_TREE = `World .Asia ..Afghanistan ..Pakistan ..Iran ..Central-Asia .Europe .Gulf ..Qatar .Africa Politics
  .Government .Parliament .Elections .Diplomacy Economy .Trade ..Customs ..Ports .Prices .Farming .Energy .Work
  Security .Borders .Policing Society .Schools .Health ..Hospitals .Migration .Cities Culture .Books .Film Sport
  .Cricket .Football Opinion Analysis`;

const PEOPLE = {
  first:
    `Laila Shahzeb Sadia Meher Zarghuna Yaqub Tobias Farid Nadia Karim Hamida Omar Samira Jawad Parwin Rashid
    Maryam Tariq Amina Bilal Shirin Daud Freshta Habib Ingrid Peter Leyla Murad Nasrin Qasim`.split(/\s+/),
  last: `Noorzad Orakzai Mirzada Tanoli Wafadar Rumaihi Hartwell Ahmadi Barakzai Chishti Durrani Ebrahimi Faizi
    Gilani Hashimi Ishaqzai Jalali Khattak Lodin Mohmand Niazi Popal Qaderi Rahimi Safi Tokhi Usmani Vardak Wardak
    Yusufzai Zadran Brandt Lindqvist Moreau`.split(/\s+/),
};
const PLACES = {
  first: 'Deh Qala Shahr Tangi Koh Darya Bagh Char Pul Gul Chah Sar Tal Nawa Sang'.split(' '),
  last: 'Nau Safed Surkh Bala Payan Kalan Khurd Sabz Zard Shah Mir Ghar Band Dasht Rod'.split(' '),
};
const PERSIAN_PLACES = {
  first: 'ده قلعه شهر تنگی کوه دریا باغ چهار پل گل چاه سر تل نوا سنگ'.split(' '),
  last: 'نو سفید سرخ بالا پایین کلان خورد سبز زرد شاه میر غر بند دشت رود'.split(' '),
};
const BODIES = 'Council Commission Union Institute Movement Party Bank Agency Federation Court'.split(' ');
const HAPPENINGS = 'Summit Flood Election Ceasefire Trial Earthquake Congress Festival Strike Drought'.split(
  ' ',
);
const MATTERS =
  'water wheat customs schooling vaccination mining saffron carpets electricity roads visas refugees'.split(
    ' ',
  );

/** What the articles are about and by whom, with the lines of parents that they inherit along. */
export interface Subjects {
  readonly categoryCount: number;
  readonly categoryParents: ReadonlyMap<number, number>;
  readonly topicParents: ReadonlyMap<number, number>;
}

export function makeSubjects(random: Random, rows: Rows): Subjects {
  makeAuthors(random, rows);
  const topicParents = makeTopics(random, rows);
  const categoryParents = makeCategories(rows);
  return { categoryCount: rows.categories.length, categoryParents, topicParents };
}

function makeAuthors(random: Random, rows: Rows): void {
  for (let id = 1; id <= AUTHOR_COUNT; id++) {
    const name = `${PEOPLE.first[id % PEOPLE.first.length]} ${PEOPLE.last[(id * 7) % PEOPLE.last.length]}`;
    const unique = id <= PEOPLE.first.length ? name : `${name} ${id}`;
    rows.authors.push({
      id,
      slug: slugify(unique),
      name: unique,
      sortName: normalise(unique),
      bio: random.chance(0.8) ? `${unique} reports for the Dateline bench. An invented correspondent.` : null,
      avatarId: null,
    });
  }
}

function makeCategories(rows: Rows): Map<number, number> {
  const parents = new Map<number, number>();
  const line: number[] = [];
  const places: number[] = [];
  for (const [index, entry] of CATEGORY_TREE.split(/\s+/).entries()) {
    const name = entry.replace(/^\.+/, '').replace('-', ' ');
    const depth = entry.lastIndexOf('.') + 1;
    const id = index + 1;
    const parentId = depth === 0 ? null : (line[depth - 1] ?? null);
    if (parentId !== null) parents.set(id, parentId);
    line[depth] = id;
    places.length = depth + 1;
    places[depth] = (places[depth] ?? -1) + 1;
    rows.categories.push({
      id,
      slug: slugify(name),
      name,
      description: `Everything that is filed under ${name}.`,
      parentId,
      topicId: null,
      position: places[depth] ?? 0,
    });
  }
  return parents;
}

/** The key is the rank by frequency. Every third place lies in one of the first twenty, and so on for a level. */
function makeTopics(random: Random, rows: Rows): Map<number, number> {
  const parents = new Map<number, number>();
  let nameId = 0;
  const taken = new Set<string>();
  for (let id = 1; id <= TOPIC_COUNT; id++) {
    const topic = makeTopic(random, id);
    const slug = taken.has(slugify(topic.name)) ? `${slugify(topic.name)}-${id}` : slugify(topic.name);
    taken.add(slug);
    // The two most frequent get no children: they stand on a third of the articles by themselves.
    const parentId = topic.kind === 'PLACE' && id > 20 && random.chance(0.4) ? random.between(3, 20) : null;
    if (parentId !== null) parents.set(id, parentId);
    rows.topics.push({
      id,
      slug,
      kind: topic.kind,
      parentId,
      description: random.chance(0.3) ? `About ${topic.name}.` : null,
      wikidataId: random.chance(0.5) ? `Q${100_000 + id}` : null,
      name: topic.name,
      sortName: normalise(topic.name),
    });
    const names: [language: string, name: string, position: number][] = [['en', topic.name, 0]];
    if (topic.persian !== null) names.push(['fa', topic.persian, 0], ['ps', topic.persian, 0]);
    if (random.chance(0.3)) names.push(['en', `${topic.name} (${topic.kind.toLowerCase()})`, 1]);
    for (const [language, name, position] of names) {
      rows.topicNames.push({
        id: ++nameId,
        topicId: id,
        language,
        name,
        position,
        normalised: normalise(name),
      });
    }
  }
  return parents;
}

function makeTopic(random: Random, id: number) {
  if (id === 1) return { kind: 'PLACE', name: 'Afghanistan', persian: 'افغانستان' } as const;
  if (id === 2) return { kind: 'PLACE', name: 'Pakistan', persian: 'پاکستان' } as const;
  const point = random.next();
  if (id <= 20 || point < 0.3) {
    const first = random.between(0, PLACES.first.length - 1);
    const last = random.between(0, PLACES.last.length - 1);
    return {
      kind: 'PLACE',
      name: `${PLACES.first[first]}-i-${PLACES.last[last]}`,
      persian: `${PERSIAN_PLACES.first[first]} ${PERSIAN_PLACES.last[last]}`,
    } as const;
  }
  const place = `${random.pick(PLACES.first)} ${random.pick(PLACES.last)}`;
  if (point < 0.55) {
    const name = `${random.pick(PEOPLE.first)} ${random.pick(PEOPLE.last)}`;
    return { kind: 'PERSON', name, persian: null } as const;
  }
  if (point < 0.75)
    return { kind: 'ORGANISATION', name: `${place} ${random.pick(BODIES)}`, persian: null } as const;
  if (point < 0.85) {
    return {
      kind: 'EVENT',
      name: `${place} ${random.pick(HAPPENINGS)} ${random.between(2012, 2025)}`,
      persian: null,
    } as const;
  }
  return { kind: 'SUBJECT', name: `${random.pick(MATTERS)} of ${place}`, persian: null } as const;
}
