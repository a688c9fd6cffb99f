/** What each room can do, put together. */

import { NOWHERE, Request } from './app.request';
import {
  ArticlePublications,
  ArticleService,
  type Audience,
  PreviewService,
  RevisionService,
  reviseArticlesWith,
} from './articles';
import { AUTHORS_KEPT, AuthorService } from './authors';
import { CategoryService } from './categories';
import { AuditService, type ChangeFeed, Memory } from './changes';
import { CollectionService } from './collections';
import {
  COMMENT_DEFAULTS,
  type CommentChecker,
  CommentNews,
  CommentService,
  type CommentSettings,
  NO_CHECKER,
} from './comments';
import type { ReadsMemo, Services } from './context';
import { ANONYMOUS, systemActor } from './core/actor';
import type { Clock, Instant } from './core/clock';
import type { Log } from './core/log';
import type { SecretBox } from './core/sealed';
import { NO_SITE, type Site } from './core/site';
import type { Database } from './database';
import { type Gazetteer, NO_GAZETTEER } from './gazetteer';
import { Idempotency } from './idempotency';
import { IMAGES_KEPT, ImageService } from './images';
import { ArchiveCounts, ArchiveIndex } from './relations';
import { StatsService } from './stats';
import { PartnerFeedService, WebhookService } from './syndication';
import { Tagger } from './tagging';
import { TOPICS_KEPT, TopicService } from './topics';

/** What services are made of. */
export interface ServiceParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly box: SecretBox;
  readonly changes: ChangeFeed;
  readonly log: Log;
  /** What is absent is as it is by default. */
  readonly comments?: CommentSettings;
  /** Nobody when absent. */
  readonly commentChecker?: CommentChecker;
  /** The address of the site's page that shows previews, with `{token}` in it; null where there is none. */
  readonly previewPage?: string | null;
  /** Nowhere when absent. */
  readonly site?: Site;
  /** What else than topics has names that are known: it is not taken for a topic in them. Nothing when absent. */
  readonly gazetteer?: Gazetteer;
  /** Milliseconds for which entries of the change log are kept with their details; for long enough when absent. */
  readonly changesKept?: number;
  /** Networks that receivers of webhooks may be in although they are not on the internet; none when absent. */
  readonly webhookNetworks?: readonly string[];
}

export function createServices({
  database,
  clock,
  box,
  changes,
  log,
  comments: settings = COMMENT_DEFAULTS,
  commentChecker: checker = NO_CHECKER,
  previewPage = null,
  site = NO_SITE,
  gazetteer = NO_GAZETTEER,
  changesKept,
  webhookNetworks = [],
}: ServiceParts): Services {
  const live = {
    ...{ database, changes, clock, log },
    reads: (audience: Audience, now: Instant, memo: ReadsMemo) => {
      const actor = audience === 'NEWSROOM' ? systemActor('live') : ANONYMOUS;
      return new Request({
        ...{ database, clock, services, actor, now, memo },
        ...{ requestId: 'live', client: NOWHERE },
      });
    },
  };
  const archive = new ArchiveIndex(database);
  const memory = new Memory();
  const services: Services = {
    archive,
    articleCounts: new ArchiveCounts(archive),
    articles: new ArticleService(database, clock, new Tagger(gazetteer)),
    audit: new AuditService(database),
    authors: new AuthorService(database, clock),
    categories: new CategoryService(database, clock),
    collections: new CollectionService(database, clock),
    commentNews: new CommentNews(live),
    comments: new CommentService({ database, clock, box, settings, checker }),
    idempotency: new Idempotency(box),
    kept: {
      memory,
      authors: memory.keep('AUTHOR', AUTHORS_KEPT),
      categories: memory.keepWhole('CATEGORY'),
      commentingRules: memory.keepWhole('CATEGORY', 'COMMENT'),
      images: memory.keep('IMAGE', IMAGES_KEPT),
      topics: memory.keep('TOPIC', TOPICS_KEPT),
    },
    images: new ImageService(database, clock, reviseArticlesWith),
    partnerFeed: new PartnerFeedService({
      ...{ database, clock, box, changes },
      ...(changesKept === undefined ? {} : { kept: changesKept }),
    }),
    publications: new ArticlePublications(live),
    site,
    stats: new StatsService(database, clock),
    previews: new PreviewService({ database, clock, box, page: previewPage }),
    revisions: new RevisionService(database),
    topics: new TopicService(database, clock),
    webhooks: new WebhookService({ database, clock, box, allowed: webhookNetworks }),
  };
  return services;
}
