-- Filled when a message is frozen and emptied when it is settled: room for the time and the reply that are written then.
-- Without it the rows outgrow their pages, and splitting those is a third of what settling costs.
ALTER TABLE message ADD COLUMN room VARCHAR(60) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL;
