ALTER TABLE `articles` ADD `commenting` text DEFAULT 'OPEN' NOT NULL;--> statement-breakpoint
ALTER TABLE `articles` ADD `commenting_closes_at` integer;--> statement-breakpoint
ALTER TABLE `import_keys` ADD `state` text;--> statement-breakpoint
CREATE INDEX `import_keys_by_local_id` ON `import_keys` (`kind`,`local_id`);