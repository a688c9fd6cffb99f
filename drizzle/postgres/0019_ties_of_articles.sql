ALTER TABLE "articles" ADD COLUMN "author_ids" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "category_ids" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "topic_marks" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
UPDATE "articles" SET
  "author_ids" = coalesce((SELECT jsonb_agg("author_id" ORDER BY "position", "author_id") FROM "article_authors" WHERE "article_id" = "articles"."id"), '[]'),
  "category_ids" = coalesce((SELECT jsonb_agg("category_id" ORDER BY "position", "category_id") FROM "article_categories" WHERE "article_id" = "articles"."id" AND "direct"), '[]'),
  "topic_marks" = coalesce((SELECT jsonb_agg(jsonb_build_array("topic_id", "salience", "mentions", "source") ORDER BY "salience" DESC, "topic_id") FROM "article_topics" WHERE "article_id" = "articles"."id" AND "direct"), '[]');
