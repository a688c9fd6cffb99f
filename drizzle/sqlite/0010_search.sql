CREATE TABLE `search_aliases` (
	`kind` text NOT NULL,
	`former_id` integer NOT NULL,
	`subject_id` integer NOT NULL,
	PRIMARY KEY(`kind`, `former_id`)
);
--> statement-breakpoint
CREATE INDEX `search_aliases_by_subject` ON `search_aliases` (`kind`,`subject_id`);--> statement-breakpoint
CREATE TABLE `search_documents` (
	`number` integer PRIMARY KEY NOT NULL,
	`article_id` integer NOT NULL,
	`length` integer NOT NULL,
	`title` text NOT NULL,
	`profile` blob NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `search_documents_article_id_unique` ON `search_documents` (`article_id`);--> statement-breakpoint
CREATE INDEX `search_documents_by_title` ON `search_documents` (`title`,`number`);--> statement-breakpoint
CREATE TABLE `search_names` (
	`term` text NOT NULL,
	`kind` text NOT NULL,
	`subject_id` integer NOT NULL,
	`name` integer NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`term`, `kind`, `subject_id`, `name`, `position`)
);
--> statement-breakpoint
CREATE INDEX `search_names_by_subject` ON `search_names` (`kind`,`subject_id`);--> statement-breakpoint
CREATE TABLE `search_words` (
	`word` text PRIMARY KEY NOT NULL,
	`term` text NOT NULL,
	`reversed` text NOT NULL,
	`documents` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `search_words_by_term` ON `search_words` (`term`);--> statement-breakpoint
CREATE INDEX `search_words_by_reversed` ON `search_words` (`reversed`);
--> statement-breakpoint
CREATE VIRTUAL TABLE `search_index` USING fts5(title, standfirst, body, loose, content='', contentless_delete=1, tokenize='ascii');
