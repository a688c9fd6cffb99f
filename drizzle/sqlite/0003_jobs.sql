CREATE TABLE `jobs` (
	`name` text PRIMARY KEY NOT NULL,
	`turn` integer NOT NULL,
	`holder` text,
	`held_until` integer,
	`last_run` integer,
	`failures` integer DEFAULT 0 NOT NULL,
	`retry_at` integer
);
