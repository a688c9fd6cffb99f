/** What leaves the house for use elsewhere: feeds, sitemaps and single articles for everybody, and what partners are entitled to. */
export { documentsOf } from './documents';
export type { EntitlementWish } from './entitlements/entitlement';
export { EntitlementService } from './entitlements/entitlement.service';
export type { Meaning } from './partners/meaning';
export type { Partner } from './partners/partner';
export { partnerOf } from './partners/partner.store';
export { PartnerFeedResolver } from './partners/partner-feed.resolver';
export { PartnerFeedService } from './partners/partner-feed.service';
export {
  FEED_WINDOW,
  type FeedPage,
  presentPosition,
  readPartnerLog,
  type Told,
} from './partners/partner-log';
export type { FeedPosition } from './partners/position';
export { WebhookDispatcher } from './webhooks/dispatcher';
export { webhookFanOut } from './webhooks/fan-out';
export { Poster } from './webhooks/post';
export { WebhookMutations } from './webhooks/webhook.mutations';
export { WebhookResolver } from './webhooks/webhook.resolver';
export { WebhookService } from './webhooks/webhook.service';
