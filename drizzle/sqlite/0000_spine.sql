CREATE TABLE `article_authors` (
	`article_id` integer NOT NULL,
	`author_id` integer NOT NULL,
	`position` integer NOT NULL,
	`listed_at` integer,
	`embargo_until` integer,
	`expires_at` integer,
	PRIMARY KEY(`article_id`, `author_id`),
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`author_id`) REFERENCES `authors`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `article_authors_listing` ON `article_authors` (`author_id`,`listed_at`,`article_id`,`embargo_until`,`expires_at`) WHERE "article_authors"."listed_at" is not null;--> statement-breakpoint
CREATE TABLE `article_bodies` (
	`article_id` integer PRIMARY KEY NOT NULL,
	`html` text NOT NULL,
	`text` text NOT NULL,
	`blocks` text NOT NULL,
	`word_count` integer NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `article_categories` (
	`article_id` integer NOT NULL,
	`category_id` integer NOT NULL,
	`direct` integer NOT NULL,
	`position` integer NOT NULL,
	`listed_at` integer,
	`embargo_until` integer,
	`expires_at` integer,
	PRIMARY KEY(`article_id`, `category_id`),
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`category_id`) REFERENCES `categories`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `article_categories_listing` ON `article_categories` (`category_id`,`listed_at`,`article_id`,`direct`,`embargo_until`,`expires_at`) WHERE "article_categories"."listed_at" is not null;--> statement-breakpoint
CREATE TABLE `article_topics` (
	`article_id` integer NOT NULL,
	`topic_id` integer NOT NULL,
	`direct` integer NOT NULL,
	`salience` real NOT NULL,
	`mentions` integer NOT NULL,
	`source` text NOT NULL,
	`listed_at` integer,
	`embargo_until` integer,
	`expires_at` integer,
	PRIMARY KEY(`article_id`, `topic_id`),
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`topic_id`) REFERENCES `topics`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `article_topics_listing` ON `article_topics` (`topic_id`,`listed_at`,`article_id`,`direct`,`embargo_until`,`expires_at`) WHERE "article_topics"."listed_at" is not null;--> statement-breakpoint
CREATE TABLE `articles` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`status` text NOT NULL,
	`slug` text NOT NULL,
	`path` text NOT NULL,
	`canonical_url` text,
	`language` text NOT NULL,
	`translation_group` integer,
	`title` text NOT NULL,
	`standfirst` text,
	`dateline_place` text,
	`dateline_source` text,
	`byline` text,
	`primary_category_id` integer,
	`lead_image_id` integer,
	`pinned` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`published_at` integer,
	`withdrawn_at` integer,
	`withdrawal_note` text,
	`embargo_until` integer,
	`expires_at` integer,
	`credit` text,
	`licence` text,
	`territories` text,
	`text_and_data_mining` integer DEFAULT true NOT NULL,
	`comment_count` integer DEFAULT 0 NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`primary_category_id`) REFERENCES `categories`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`lead_image_id`) REFERENCES `images`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `articles_slug_unique` ON `articles` (`slug`);--> statement-breakpoint
CREATE UNIQUE INDEX `articles_path_unique` ON `articles` (`path`);--> statement-breakpoint
CREATE INDEX `articles_newest` ON `articles` (`kind`,`published_at`,`id`,`embargo_until`,`expires_at`) WHERE "articles"."status" = 'PUBLISHED';--> statement-breakpoint
CREATE INDEX `articles_newest_by_language` ON `articles` (`language`,`kind`,`published_at`,`id`,`embargo_until`,`expires_at`) WHERE "articles"."status" = 'PUBLISHED';--> statement-breakpoint
CREATE INDEX `articles_recently_updated` ON `articles` (`kind`,`updated_at`,`id`,`embargo_until`,`expires_at`) WHERE "articles"."status" = 'PUBLISHED';--> statement-breakpoint
CREATE INDEX `articles_unpublished` ON `articles` (`status`,`published_at`,`id`) WHERE "articles"."status" <> 'PUBLISHED';--> statement-breakpoint
CREATE INDEX `articles_unpublished_recently_updated` ON `articles` (`status`,`updated_at`,`id`) WHERE "articles"."status" <> 'PUBLISHED';--> statement-breakpoint
CREATE UNIQUE INDEX `articles_translations` ON `articles` (`translation_group`,`language`);--> statement-breakpoint
CREATE TABLE `authors` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`sort_name` text NOT NULL,
	`bio` text,
	`avatar_id` integer,
	`coverage` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`avatar_id`) REFERENCES `images`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `authors_slug_unique` ON `authors` (`slug`);--> statement-breakpoint
CREATE INDEX `authors_by_name` ON `authors` (`sort_name`,`id`);--> statement-breakpoint
CREATE TABLE `categories` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`description` text,
	`parent_id` integer,
	`topic_id` integer,
	`position` integer DEFAULT 0 NOT NULL,
	`coverage` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`topic_id`) REFERENCES `topics`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `categories_slug_unique` ON `categories` (`slug`);--> statement-breakpoint
CREATE INDEX `categories_by_parent` ON `categories` (`parent_id`,`position`);--> statement-breakpoint
CREATE TABLE `changes` (
	`seq` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`entity` text NOT NULL,
	`entity_id` integer NOT NULL,
	`op` text NOT NULL,
	`revision` integer NOT NULL,
	`actor` text NOT NULL,
	`payload` text
);
--> statement-breakpoint
CREATE INDEX `changes_by_entity` ON `changes` (`entity`,`entity_id`,`seq`);--> statement-breakpoint
CREATE TABLE `comment_private` (
	`comment_id` integer PRIMARY KEY NOT NULL,
	`email_sealed` text,
	`email_hash` text,
	`ip_hash` text,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `comments` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`article_id` integer NOT NULL,
	`parent_id` integer,
	`root_id` integer NOT NULL,
	`depth` integer NOT NULL,
	`author_name` text NOT NULL,
	`author_kind` text NOT NULL,
	`status` text NOT NULL,
	`visible` integer NOT NULL,
	`reply_count` integer DEFAULT 0 NOT NULL,
	`text` text NOT NULL,
	`html` text NOT NULL,
	`created_at` integer NOT NULL,
	`edited_at` integer,
	`featured` integer DEFAULT false NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `comments_by_parent` ON `comments` (`article_id`,`parent_id`,`created_at`,`id`) WHERE "comments"."visible";--> statement-breakpoint
CREATE INDEX `comments_by_root` ON `comments` (`root_id`,`created_at`,`id`) WHERE "comments"."visible";--> statement-breakpoint
CREATE INDEX `comments_by_status` ON `comments` (`status`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `comments_by_article` ON `comments` (`article_id`);--> statement-breakpoint
CREATE TABLE `feed_head` (
	`id` integer PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `images` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`url` text NOT NULL,
	`width` integer,
	`height` integer,
	`alt` text,
	`caption` text,
	`credit` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `images_url_unique` ON `images` (`url`);--> statement-breakpoint
CREATE TABLE `import_keys` (
	`source` text NOT NULL,
	`kind` text NOT NULL,
	`external_id` text NOT NULL,
	`local_id` integer NOT NULL,
	`fingerprint` text NOT NULL,
	`revision` integer NOT NULL,
	PRIMARY KEY(`source`, `kind`, `external_id`)
);
--> statement-breakpoint
CREATE TABLE `redirects` (
	`path` text PRIMARY KEY NOT NULL,
	`article_id` integer,
	`target` text,
	`permanent` integer DEFAULT true NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `settings` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `topic_names` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`topic_id` integer NOT NULL,
	`language` text NOT NULL,
	`name` text NOT NULL,
	`position` integer NOT NULL,
	`normalised` text NOT NULL,
	FOREIGN KEY (`topic_id`) REFERENCES `topics`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `topic_names_by_topic` ON `topic_names` (`topic_id`,`language`,`position`);--> statement-breakpoint
CREATE INDEX `topic_names_by_normalised` ON `topic_names` (`normalised`,`topic_id`);--> statement-breakpoint
CREATE TABLE `topics` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`slug` text NOT NULL,
	`kind` text NOT NULL,
	`parent_id` integer,
	`description` text,
	`wikidata_id` text,
	`name` text NOT NULL,
	`sort_name` text NOT NULL,
	`coverage` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `topics_slug_unique` ON `topics` (`slug`);--> statement-breakpoint
CREATE INDEX `topics_by_name` ON `topics` (`sort_name`,`id`);--> statement-breakpoint
CREATE INDEX `topics_by_kind_and_name` ON `topics` (`kind`,`sort_name`,`id`);--> statement-breakpoint
CREATE INDEX `topics_by_coverage` ON `topics` (`coverage`,`id`);--> statement-breakpoint
CREATE INDEX `topics_by_kind_and_coverage` ON `topics` (`kind`,`coverage`,`id`);--> statement-breakpoint
CREATE INDEX `topics_by_parent` ON `topics` (`parent_id`,`sort_name`,`id`);