CREATE TABLE "search_aliases" (
	"kind" text NOT NULL,
	"former_id" integer NOT NULL,
	"subject_id" integer NOT NULL,
	CONSTRAINT "search_aliases_kind_former_id_pk" PRIMARY KEY("kind","former_id")
);
--> statement-breakpoint
CREATE TABLE "search_documents" (
	"number" bigint PRIMARY KEY NOT NULL,
	"article_id" integer NOT NULL,
	"length" integer NOT NULL,
	"title" text collate "C" NOT NULL,
	"profile" "bytea" NOT NULL,
	CONSTRAINT "search_documents_article_id_unique" UNIQUE("article_id")
);
--> statement-breakpoint
CREATE TABLE "search_names" (
	"term" text collate "C" NOT NULL,
	"kind" text NOT NULL,
	"subject_id" integer NOT NULL,
	"name" integer NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "search_names_term_kind_subject_id_name_position_pk" PRIMARY KEY("term","kind","subject_id","name","position")
);
--> statement-breakpoint
CREATE TABLE "search_words" (
	"word" text collate "C" PRIMARY KEY NOT NULL,
	"term" text collate "C" NOT NULL,
	"reversed" text collate "C" NOT NULL,
	"documents" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "search_documents" ADD CONSTRAINT "search_documents_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "search_aliases_by_subject" ON "search_aliases" USING btree ("kind","subject_id");--> statement-breakpoint
CREATE INDEX "search_documents_by_title" ON "search_documents" USING btree ("title","number");--> statement-breakpoint
CREATE INDEX "search_names_by_subject" ON "search_names" USING btree ("kind","subject_id");--> statement-breakpoint
CREATE INDEX "search_words_by_term" ON "search_words" USING btree ("term");--> statement-breakpoint
CREATE INDEX "search_words_by_reversed" ON "search_words" USING btree ("reversed");
--> statement-breakpoint
CREATE TABLE "search_index" (
	"number" bigint PRIMARY KEY NOT NULL,
	"words" tsvector NOT NULL
);
--> statement-breakpoint
CREATE INDEX "search_index_words" ON "search_index" USING gin ("words");
