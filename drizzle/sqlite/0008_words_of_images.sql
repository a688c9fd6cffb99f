ALTER TABLE `images` ADD `words` text DEFAULT '' NOT NULL;--> statement-breakpoint
UPDATE images SET words = lower(coalesce(url, '') || ' ' || coalesce(alt, '') || ' ' || coalesce(caption, '') || ' ' || coalesce(credit, ''));
