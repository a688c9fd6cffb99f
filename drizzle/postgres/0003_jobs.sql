CREATE TABLE "jobs" (
	"name" text collate "C" PRIMARY KEY NOT NULL,
	"turn" integer NOT NULL,
	"holder" text,
	"held_until" bigint,
	"last_run" bigint,
	"failures" integer DEFAULT 0 NOT NULL,
	"retry_at" bigint
);
