DROP INDEX `article_authors_listing`;--> statement-breakpoint
CREATE INDEX `article_authors_listing` ON `article_authors` (`author_id`,`listed_at`,`article_id`,`embargo_until`,`expires_at`);--> statement-breakpoint
DROP INDEX `article_categories_listing`;--> statement-breakpoint
CREATE INDEX `article_categories_listing` ON `article_categories` (`category_id`,`listed_at`,`article_id`,`direct`,`embargo_until`,`expires_at`);--> statement-breakpoint
DROP INDEX `article_topics_listing`;--> statement-breakpoint
CREATE INDEX `article_topics_listing` ON `article_topics` (`topic_id`,`listed_at`,`article_id`,`direct`,`embargo_until`,`expires_at`);--> statement-breakpoint
CREATE INDEX `articles_by_primary_category` ON `articles` (`primary_category_id`) WHERE "articles"."primary_category_id" is not null;--> statement-breakpoint
CREATE INDEX `articles_by_lead_image` ON `articles` (`lead_image_id`) WHERE "articles"."lead_image_id" is not null;--> statement-breakpoint
CREATE INDEX `authors_by_avatar` ON `authors` (`avatar_id`) WHERE "authors"."avatar_id" is not null;--> statement-breakpoint
CREATE INDEX `categories_by_topic` ON `categories` (`topic_id`) WHERE "categories"."topic_id" is not null;--> statement-breakpoint
CREATE INDEX `redirects_by_article` ON `redirects` (`article_id`) WHERE "redirects"."article_id" is not null;