CREATE TABLE `article_agenda` (
	`article_id` integer NOT NULL,
	`op` text NOT NULL,
	`due_at` integer NOT NULL,
	PRIMARY KEY(`article_id`, `op`),
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `article_agenda_by_date` ON `article_agenda` (`due_at`,`article_id`);--> statement-breakpoint
DROP INDEX `articles_by_embargo`;--> statement-breakpoint
DROP INDEX `articles_by_expiry`;--> statement-breakpoint
INSERT INTO article_agenda (article_id, op, due_at) SELECT id, 'PUBLISH', published_at FROM articles WHERE status = 'SCHEDULED' AND published_at IS NOT NULL;--> statement-breakpoint
INSERT INTO article_agenda (article_id, op, due_at) SELECT id, 'RELEASE', embargo_until FROM articles WHERE status IN ('PUBLISHED', 'SCHEDULED') AND embargo_until > published_at AND embargo_until > unixepoch() * 1000;--> statement-breakpoint
INSERT INTO article_agenda (article_id, op, due_at) SELECT id, 'EXPIRE', expires_at FROM articles WHERE status IN ('PUBLISHED', 'SCHEDULED') AND expires_at > published_at AND expires_at > unixepoch() * 1000;
