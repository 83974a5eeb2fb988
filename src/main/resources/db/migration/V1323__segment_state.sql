-- How far a segment's membership is kept. wanted_at: it shall be looked at as a whole, because of wanted_why (NEW, RULE, CHANGE,
-- TIME). refreshed_at: when that was last done, NULL before the first time; refreshed_on: for which day of the business.
CREATE TABLE segment_state (
    tenant_id    BIGINT       NOT NULL,
    segment_id   BIGINT       NOT NULL,
    members      BIGINT       NOT NULL DEFAULT 0,
    wanted_at    DATETIME(6)  NULL,
    wanted_why   VARCHAR(20)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    wanted_for   BIGINT       NOT NULL DEFAULT 0,
    refreshed_at DATETIME(6)  NULL,
    refreshed_on DATE         NULL,
    changed_at   DATETIME(6)  NULL,
    failures     INT          NOT NULL DEFAULT 0,
    failure      VARCHAR(500) NULL,
    PRIMARY KEY (tenant_id, segment_id),
    KEY ix_segment_state_wanted (wanted_at),
    CONSTRAINT fk_segment_state_segment FOREIGN KEY (tenant_id, segment_id) REFERENCES segment (tenant_id, id)
        ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
