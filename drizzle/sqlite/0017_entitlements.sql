CREATE TABLE `entitlements` (
	`key_id` integer NOT NULL,
	`version` integer NOT NULL,
	`at` integer NOT NULL,
	`content` text,
	PRIMARY KEY(`key_id`, `version`),
	FOREIGN KEY (`key_id`) REFERENCES `api_keys`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `api_keys` ADD `partner_id` integer;