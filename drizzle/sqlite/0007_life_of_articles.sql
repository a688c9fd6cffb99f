CREATE TABLE `article_corrections` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`article_id` integer NOT NULL,
	`at` integer NOT NULL,
	`text` text NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `article_corrections_by_article` ON `article_corrections` (`article_id`,`at`,`id`);--> statement-breakpoint
CREATE TABLE `article_revisions` (
	`article_id` integer NOT NULL,
	`revision` integer NOT NULL,
	`at` integer NOT NULL,
	`op` text NOT NULL,
	`actor` text NOT NULL,
	`title` text NOT NULL,
	`content` text NOT NULL,
	`html` text,
	`text` text,
	PRIMARY KEY(`article_id`, `revision`),
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`hash` text PRIMARY KEY NOT NULL,
	`fingerprint` text NOT NULL,
	`answer` text,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `idempotency_keys_by_expiry` ON `idempotency_keys` (`expires_at`);--> statement-breakpoint
DROP INDEX `articles_newest`;--> statement-breakpoint
DROP INDEX `articles_newest_by_language`;--> statement-breakpoint
DROP INDEX `articles_recently_updated`;--> statement-breakpoint
ALTER TABLE `articles` ADD `created_by` text DEFAULT 'system' NOT NULL;--> statement-breakpoint
ALTER TABLE `articles` ADD `revised_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `articles` ADD `revised_by` text DEFAULT 'system' NOT NULL;--> statement-breakpoint
ALTER TABLE `articles` ADD `revised_op` text DEFAULT 'CREATE' NOT NULL;--> statement-breakpoint
ALTER TABLE `articles` ADD `preview_epoch` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `articles_by_embargo` ON `articles` (`embargo_until`) WHERE "articles"."embargo_until" is not null;--> statement-breakpoint
CREATE INDEX `articles_by_expiry` ON `articles` (`expires_at`) WHERE "articles"."expires_at" is not null;--> statement-breakpoint
CREATE INDEX `articles_newest` ON `articles` (`kind`,`published_at`,`id`,`embargo_until`,`expires_at`) WHERE "articles"."status" in ('PUBLISHED', 'SCHEDULED');--> statement-breakpoint
CREATE INDEX `articles_newest_by_language` ON `articles` (`language`,`kind`,`published_at`,`id`,`embargo_until`,`expires_at`) WHERE "articles"."status" in ('PUBLISHED', 'SCHEDULED');--> statement-breakpoint
CREATE INDEX `articles_recently_updated` ON `articles` (`kind`,`updated_at`,`id`,`embargo_until`,`expires_at`) WHERE "articles"."status" in ('PUBLISHED', 'SCHEDULED');--> statement-breakpoint
UPDATE articles SET revised_at = updated_at, created_by = 'system:import', revised_by = 'system:import' WHERE revised_at = 0;--> statement-breakpoint
UPDATE article_authors SET listed_at = (SELECT published_at FROM articles WHERE articles.id = article_authors.article_id) WHERE article_id IN (SELECT id FROM articles WHERE status = 'SCHEDULED' AND kind = 'ARTICLE');--> statement-breakpoint
UPDATE article_categories SET listed_at = (SELECT published_at FROM articles WHERE articles.id = article_categories.article_id) WHERE article_id IN (SELECT id FROM articles WHERE status = 'SCHEDULED' AND kind = 'ARTICLE');--> statement-breakpoint
UPDATE article_topics SET listed_at = (SELECT published_at FROM articles WHERE articles.id = article_topics.article_id) WHERE article_id IN (SELECT id FROM articles WHERE status = 'SCHEDULED' AND kind = 'ARTICLE');--> statement-breakpoint
UPDATE authors SET coverage = (SELECT count(*) FROM article_authors WHERE article_authors.author_id = authors.id AND article_authors.listed_at IS NOT NULL) WHERE id IN (SELECT author_id FROM article_authors WHERE article_id IN (SELECT id FROM articles WHERE status = 'SCHEDULED' AND kind = 'ARTICLE'));--> statement-breakpoint
UPDATE categories SET coverage = (SELECT count(*) FROM article_categories WHERE article_categories.category_id = categories.id AND article_categories.listed_at IS NOT NULL) WHERE id IN (SELECT category_id FROM article_categories WHERE article_id IN (SELECT id FROM articles WHERE status = 'SCHEDULED' AND kind = 'ARTICLE'));--> statement-breakpoint
UPDATE topics SET coverage = (SELECT count(*) FROM article_topics WHERE article_topics.topic_id = topics.id AND article_topics.listed_at IS NOT NULL) WHERE id IN (SELECT topic_id FROM article_topics WHERE article_id IN (SELECT id FROM articles WHERE status = 'SCHEDULED' AND kind = 'ARTICLE'));
