/** Every mutation is in the change log under the name of who did it, and what was refused is not. */
import { ApiKeyService } from '../../src/access';
import type { Actor } from '../../src/core/actor';
import { heldClock } from '../../src/core/clock';
import type { Database } from '../../src/database';
import { EntitlementService } from '../../src/syndication';
import { ACTORS } from '../support/actors';
import { Api, schema } from '../support/api';
import { NOW } from '../support/archive';
import { describeEachEngine } from '../support/engines';
import { Newsroom } from '../support/newsroom';

const HOOK = 'https://partner.example/hook';

interface Seen {
  readonly id: string;
  readonly expectedRevision: number;
}

/** What things are made of; names and addresses are told apart by a number. */
const NEW: Readonly<Record<string, (number: number) => object>> = {
  Author: (number) => ({ name: `Author ${number}` }),
  Category: (number) => ({ name: `Category ${number}` }),
  Collection: (number) => ({ title: `Collection ${number}` }),
  Image: (number) => ({ url: `https://news.example/${number}.jpg` }),
  Topic: (number) => ({
    kind: 'SUBJECT',
    names: [{ language: 'en', name: `Topic ${number}`, aliases: ['Alias'] }],
  }),
};

/** Makes what mutations are tried on, as an editor. */
class Workshop {
  private number = 0;
  private readonly newsroom: Newsroom;

  constructor(private readonly db: Database) {
    this.newsroom = new Newsroom(db);
  }

  input(type: string): object {
    return NEW[type]?.(++this.number) ?? {};
  }

  async thing(type: string, more = {}): Promise<Seen> {
    const field = type.toLowerCase();
    const source = `mutation ($input: Create${type}Input!) {
      answer: create${type}(input: $input) { made: ${field} { id revision } }
    }`;
    const api = new Api(this.db, { actor: ACTORS.editor });
    const { answer } = await api.ask<{ answer: { made: { id: string; revision: number } } }>(source, {
      input: { ...this.input(type), ...more },
    });
    return { id: answer.made.id, expectedRevision: answer.made.revision };
  }

  /** A comment that readers see, below an article of its own. */
  async comment(by?: Actor): Promise<{ readonly id: string; readonly version: number }> {
    const { id: articleId } = await this.article(published);
    const source = `mutation ($input: CreateCommentInput!) { answer: createComment(input: $input) { comment { id version } } }`;
    // Another each time: nobody may write many at once.
    const actor = by ?? { ...ACTORS.reader, name: `user:reader-${++this.number}` };
    const { answer } = await new Api(this.db, { actor }).ask<{
      answer: { comment: { id: string; version: number } };
    }>(source, { input: { articleId, body: `Well said, ${++this.number} times.` } });
    return answer.comment;
  }

  /** The public id of the key of a new partner. */
  async partner(): Promise<string> {
    const clock = heldClock(NOW);
    const { kept } = await new ApiKeyService(this.db, clock).create(ACTORS.admin, { roles: ['PARTNER'] });
    await new EntitlementService(this.db, clock).entitle(ACTORS.admin, kept.publicId, {});
    return kept.publicId;
  }

  /** The id of a new webhook. */
  async webhook(): Promise<string> {
    const source = `mutation ($input: CreateWebhookInput!) { answer: createWebhook(input: $input) { webhook { id } } }`;
    const input = { url: HOOK, key: await this.partner() };
    const { answer } = await new Api(this.db, { actor: ACTORS.admin }).ask<{
      answer: { webhook: { id: string } };
    }>(source, { input });
    return answer.webhook.id;
  }

  /** An article that has been through these. */
  async article(
    steps: readonly (readonly [mutation: string, input?: object])[] = [],
    input = {},
  ): Promise<Seen> {
    let article = await this.newsroom.draft(input);
    for (const [mutation, more] of steps) article = await this.newsroom.to(article, mutation, more);
    return { id: article.id, expectedRevision: article.revision };
  }
}

type Made = (workshop: Workshop) => Promise<object>;

const changed =
  (type: string, edit: object): Made =>
  async (workshop) => ({ ...(await workshop.thing(type)), ...edit });
const merged =
  (type: string): Made =>
  async (workshop) => ({ ...(await workshop.thing(type)), into: (await workshop.thing(type)).id });
const created =
  (type: string): Made =>
  async (workshop) =>
    workshop.input(type);
const published = [['publishArticle']] as const;

/** What each mutation is asked for with. */
const INPUTS: Readonly<Record<string, Made>> = {
  createArticle: async () => ({ title: 'A title', language: 'en', html: '' }),
  updateArticle: async (workshop) => ({ ...(await workshop.article()), title: 'Another' }),
  publishArticle: (workshop) => workshop.article(),
  correctArticle: async (workshop) => ({
    ...(await workshop.article(published)),
    text: 'It was on Tuesday.',
  }),
  unpublishArticle: (workshop) => workshop.article(published),
  withdrawArticle: async (workshop) => ({ ...(await workshop.article(published)), note: 'Untrue' }),
  restoreArticle: (workshop) => workshop.article([['withdrawArticle', { note: 'Untrue' }]]),
  rollbackArticle: async (workshop) => ({
    ...(await workshop.article([['updateArticle', { title: 'Another' }]])),
    revision: 1,
  }),
  previewArticle: async (workshop) => ({ id: (await workshop.article()).id }),
  revokePreviews: async (workshop) => ({ id: (await workshop.article()).id }),
  linkTranslations: async (workshop) => ({
    ...(await workshop.article([], { language: 'ur' })),
    translationOf: (await workshop.article()).id,
  }),
  unlinkTranslation: async (workshop) => {
    const { id: translationOf } = await workshop.article();
    return workshop.article([], { language: 'ur', translationOf });
  },
  createAuthor: created('Author'),
  updateAuthor: changed('Author', { name: 'Another' }),
  mergeAuthor: merged('Author'),
  deleteAuthor: changed('Author', {}),
  createCategory: created('Category'),
  updateCategory: changed('Category', { name: 'Another' }),
  mergeCategory: merged('Category'),
  deleteCategory: changed('Category', {}),
  createCollection: created('Collection'),
  updateCollection: changed('Collection', { title: 'Another' }),
  deleteCollection: changed('Collection', {}),
  placeInCollection: async (workshop) => ({
    ...{ id: (await workshop.thing('Collection')).id, article: (await workshop.article()).id },
  }),
  removeFromCollection: async (workshop) => {
    const { id: article } = await workshop.article();
    return { id: (await workshop.thing('Collection', { articles: [article] })).id, article };
  },
  createImage: created('Image'),
  updateImage: changed('Image', { alt: 'A river' }),
  deleteImage: changed('Image', {}),
  createTopic: created('Topic'),
  updateTopic: changed('Topic', { description: 'What' }),
  renameTopic: async (workshop) => ({
    id: (await workshop.thing('Topic')).id,
    language: 'en',
    name: 'Another',
  }),
  addTopicAlias: async (workshop) => ({
    id: (await workshop.thing('Topic')).id,
    language: 'en',
    alias: 'Other',
  }),
  removeTopicAlias: async (workshop) => ({
    id: (await workshop.thing('Topic')).id,
    language: 'en',
    alias: 'Alias',
  }),
  mergeTopic: merged('Topic'),
  deleteTopic: changed('Topic', {}),
  createComment: async (workshop) => ({
    articleId: (await workshop.article(published)).id,
    body: 'Well said.',
  }),
  editComment: async (workshop) => {
    const { id, version: expectedVersion } = await workshop.comment(ACTORS.admin);
    return { id, expectedVersion, body: 'Well said indeed.' };
  },
  deleteComment: async (workshop) => ({ id: (await workshop.comment(ACTORS.admin)).id }),
  reportComment: async (workshop) => ({ id: (await workshop.comment()).id, reason: 'SPAM' }),
  moderateComments: async (workshop) => {
    const { id, version: expectedVersion } = await workshop.comment();
    return { items: [{ id, expectedVersion }], to: 'REJECTED' };
  },
  featureComment: async (workshop) => ({ id: (await workshop.comment()).id, featured: true }),
  setCommenting: async (workshop) => ({ articleId: (await workshop.article()).id, mode: 'CLOSED' }),
  setCategoryCommenting: async (workshop) => ({
    categoryId: (await workshop.thing('Category')).id,
    mode: 'PREMODERATED',
  }),
  setSiteCommenting: async () => ({ mode: 'PREMODERATED' }),
  banCommenter: async (workshop) => ({ commentId: (await workshop.comment()).id }),
  eraseCommenter: async (workshop) => ({ commentId: (await workshop.comment()).id }),
  createWebhook: async (workshop) => ({ url: HOOK, key: await workshop.partner() }),
  rotateWebhookSecret: async (workshop) => ({ id: await workshop.webhook() }),
  pauseWebhook: async (workshop) => ({ id: await workshop.webhook() }),
  resumeWebhook: async (workshop) => ({ id: await workshop.webhook() }),
  replayWebhook: async (workshop) => ({ id: await workshop.webhook(), sequence: 1 }),
  deleteWebhook: async (workshop) => ({ id: await workshop.webhook() }),
  exportCommenter: async (workshop) => ({ commentId: (await workshop.comment()).id }),
};

/** Who may not; nobody where what everybody may is left out. Editors write articles, moderators look after comments. */
function refusedTo(mutation: string): Actor | null {
  if (/^(create|edit|delete|report)Comment$/.test(mutation)) return null;
  return /Comment/.test(mutation) ? ACTORS.contributor : ACTORS.moderator;
}

const MUTATIONS = Object.values(schema.getMutationType()?.getFields() ?? {});

describeEachEngine('every mutation', (store) => {
  let db: Database;
  let workshop: Workshop;
  beforeAll(async () => {
    db = await store.open();
    workshop = new Workshop(db);
  });

  const log = () => db.select().from(db.tables.changes).orderBy(db.tables.changes.seq);
  const run = async (name: string, input: object, actor: Actor) => {
    const type = MUTATIONS.find((each) => each.name === name)?.args[0]?.type;
    const source = `mutation ($input: ${type}) { answer: ${name}(input: $input) { userErrors { code } } }`;
    const api = new Api(db, { actor });
    const { answer } = await api.ask<{ answer: { userErrors: { code: string }[] } }>(source, { input });
    return answer.userErrors.map(({ code }) => code);
  };

  for (const { name } of MUTATIONS) {
    const make = INPUTS[name];
    if (make === undefined) {
      test.todo(`${name} is tried here: it has no input in this file`);
      continue;
    }
    test(`${name} is told of as what its actor did, and what is refused is not`, async () => {
      const input = await make(workshop);
      const before = await log();
      const refused = refusedTo(name);
      if (refused) expect(await run(name, input, refused)).toEqual(['FORBIDDEN']);
      if ('expectedRevision' in input)
        expect(await run(name, { ...input, expectedRevision: 99 }, ACTORS.admin)).toEqual([
          'VERSION_CONFLICT',
        ]);
      expect(await log()).toEqual(before);
      expect(await run(name, input, ACTORS.admin)).toEqual([]);
      const entries = (await log()).slice(before.length);
      expect(entries.length).toBeGreaterThan(0);
      expect(new Set(entries.map(({ actor }) => actor))).toEqual(new Set([ACTORS.admin.name]));
      expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => before.length + 1 + index));
    });
  }
});
