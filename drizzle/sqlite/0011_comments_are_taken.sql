CREATE TABLE `comment_events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`comment_id` integer NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`from_status` text NOT NULL,
	`to_status` text NOT NULL,
	`reason` text,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `comment_events_by_comment` ON `comment_events` (`comment_id`,`id`);--> statement-breakpoint
CREATE INDEX `comment_events_by_time` ON `comment_events` (`at`);--> statement-breakpoint
CREATE TABLE `comment_reports` (
	`comment_id` integer NOT NULL,
	`reporter` text NOT NULL,
	`at` integer NOT NULL,
	`reason` text NOT NULL,
	`details` text,
	PRIMARY KEY(`comment_id`, `reporter`),
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `comment_reports_by_reporter` ON `comment_reports` (`reporter`);--> statement-breakpoint
CREATE INDEX `comment_reports_by_time` ON `comment_reports` (`at`) WHERE "comment_reports"."details" is not null;--> statement-breakpoint
CREATE TABLE `comment_revisions` (
	`comment_id` integer NOT NULL,
	`version` integer NOT NULL,
	`text` text NOT NULL,
	`html` text NOT NULL,
	`until` integer NOT NULL,
	PRIMARY KEY(`comment_id`, `version`),
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `commenter_marks` (
	`mark` text PRIMARY KEY NOT NULL,
	`banned_at` integer,
	`banned_until` integer,
	`banned_by` text,
	`erased_at` integer
);
--> statement-breakpoint
CREATE TABLE `rates` (
	`name` text PRIMARY KEY NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `rates_by_time` ON `rates` (`until`);--> statement-breakpoint
ALTER TABLE `comment_private` ADD `account` text;--> statement-breakpoint
ALTER TABLE `comment_private` ADD `reasons` text;--> statement-breakpoint
ALTER TABLE `comment_private` ADD `written_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `comment_private_by_email` ON `comment_private` (`email_hash`) WHERE "comment_private"."email_hash" is not null;--> statement-breakpoint
CREATE INDEX `comment_private_by_ip` ON `comment_private` (`ip_hash`) WHERE "comment_private"."ip_hash" is not null;--> statement-breakpoint
CREATE INDEX `comment_private_by_account` ON `comment_private` (`account`) WHERE "comment_private"."account" is not null;--> statement-breakpoint
CREATE INDEX `comment_private_to_purge` ON `comment_private` (`written_at`) WHERE "comment_private"."email_sealed" is not null or "comment_private"."ip_hash" is not null;--> statement-breakpoint
ALTER TABLE `comments` ADD `report_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `comments` ADD `approved_version` integer;--> statement-breakpoint
CREATE INDEX `comments_reported` ON `comments` (`status`,`created_at`,`id`) WHERE "comments"."report_count" > 0;--> statement-breakpoint
UPDATE comment_private SET written_at = (SELECT created_at FROM comments WHERE comments.id = comment_private.comment_id) WHERE written_at = 0;
