-- How many messages the run has: kept when they are added, so that their number by state can be checked against it.
ALTER TABLE delivery_run ADD COLUMN audience BIGINT NOT NULL DEFAULT 0 AFTER state_reason;
