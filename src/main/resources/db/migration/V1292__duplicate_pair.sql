-- Two customers who may be one person. kinds: bits of the kinds of key they share. score: 1 to 99. dismissed_at: somebody said
-- they are two.
CREATE TABLE duplicate_pair (
    tenant_id    BIGINT       NOT NULL,
    first_id     BIGINT       NOT NULL,
    second_id    BIGINT       NOT NULL,
    kinds        INT          NOT NULL,
    score        INT          NOT NULL,
    found_at     DATETIME(6)  NOT NULL,
    dismissed_at DATETIME(6)  NULL,
    dismissed_by VARCHAR(120) NULL,
    PRIMARY KEY (tenant_id, first_id, second_id),
    KEY ix_duplicate_pair_rank (tenant_id, dismissed_at, score, first_id),
    KEY ix_duplicate_pair_second (tenant_id, second_id),
    CONSTRAINT fk_duplicate_pair_first FOREIGN KEY (tenant_id, first_id)
        REFERENCES customer (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_duplicate_pair_second FOREIGN KEY (tenant_id, second_id)
        REFERENCES customer (tenant_id, id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
