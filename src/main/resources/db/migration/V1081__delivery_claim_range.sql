-- A claim of fresh messages is a range of ids: they stay PENDING until they are settled. One of messages that are tried
-- again has no range: they are in state CLAIMED with its fence. The counts are of what this claim settled.
ALTER TABLE delivery_claim
    ADD COLUMN first_id BIGINT NULL AFTER node,
    ADD COLUMN last_id  BIGINT NULL AFTER first_id,
    ADD COLUMN settled  INT NOT NULL DEFAULT 0,
    ADD COLUMN sent     INT NOT NULL DEFAULT 0,
    ADD COLUMN failed   INT NOT NULL DEFAULT 0,
    ADD COLUMN skipped  INT NOT NULL DEFAULT 0;
