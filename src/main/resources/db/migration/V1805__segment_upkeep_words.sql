-- Whether count_word is kept for the business: only where a word has many customers on average does it pay.
ALTER TABLE segment_upkeep ADD COLUMN words_kept BOOLEAN NOT NULL DEFAULT FALSE;
