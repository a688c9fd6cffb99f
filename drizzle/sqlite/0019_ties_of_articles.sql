ALTER TABLE `articles` ADD `author_ids` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `articles` ADD `category_ids` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `articles` ADD `topic_marks` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
-- 17 digits, so that a salience is the very number that it was.
UPDATE `articles` SET
  `author_ids` = (SELECT json_group_array(`author_id`) FROM (
    SELECT `author_id` FROM `article_authors` WHERE `article_id` = `articles`.`id` ORDER BY `position`, `author_id`)),
  `category_ids` = (SELECT json_group_array(`category_id`) FROM (
    SELECT `category_id` FROM `article_categories` WHERE `article_id` = `articles`.`id` AND `direct` ORDER BY `position`, `category_id`)),
  `topic_marks` = (SELECT json_group_array(json_array(`topic_id`, json(printf('%!.17g', `salience`)), `mentions`, `source`)) FROM (
    SELECT `topic_id`, `salience`, `mentions`, `source` FROM `article_topics` WHERE `article_id` = `articles`.`id` AND `direct` ORDER BY `salience` DESC, `topic_id`));
