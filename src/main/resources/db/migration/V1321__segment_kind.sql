-- kind: DYNAMIC (whoever fits the rule) or STATIC (a list kept by hand in segment_member; its document only refers to it).
-- archived_at: out of sight and no longer kept up to date, until it is brought back.
ALTER TABLE segment
    ADD COLUMN kind VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT 'DYNAMIC',
    ADD COLUMN archived_at DATETIME(6) NULL;
