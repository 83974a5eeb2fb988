-- The rules a segment has had, so that a log can name conditions as they were.
CREATE TABLE segment_rule (
    tenant_id  BIGINT      NOT NULL,
    segment_id BIGINT      NOT NULL,
    version    INT         NOT NULL,
    document   MEDIUMTEXT  NOT NULL,
    since      DATETIME(6) NOT NULL,
    PRIMARY KEY (tenant_id, segment_id, version),
    CONSTRAINT fk_segment_rule_segment FOREIGN KEY (tenant_id, segment_id) REFERENCES segment (tenant_id, id)
        ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
