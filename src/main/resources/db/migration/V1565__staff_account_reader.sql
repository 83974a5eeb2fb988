-- How a person wants dates and numbers written, and in which zone they look at times; what is missing is as their browser
-- and the business have it.
ALTER TABLE staff_account
    ADD COLUMN locale VARCHAR(35) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    ADD COLUMN zone   VARCHAR(60) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL;
