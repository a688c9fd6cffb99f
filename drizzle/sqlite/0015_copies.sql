CREATE TABLE `article_copies` (
	`article_id` integer NOT NULL,
	`copy_id` integer NOT NULL,
	PRIMARY KEY(`article_id`, `copy_id`),
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `article_signatures` (
	`article_id` integer PRIMARY KEY NOT NULL,
	`signature` blob NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `signature_buckets` (
	`number` integer PRIMARY KEY NOT NULL
);
