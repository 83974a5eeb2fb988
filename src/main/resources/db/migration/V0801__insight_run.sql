-- Who computes a business's figures, and whether they are wanted anew. A claim past claimed_until is nobody's.
CREATE TABLE insight_run (
    tenant_id     BIGINT       NOT NULL,
    requested_at  DATETIME(6)  NULL,
    claimed_by    VARCHAR(60)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    claimed_until DATETIME(6)  NULL,
    finished_at   DATETIME(6)  NULL,
    failure       VARCHAR(500) NULL,
    PRIMARY KEY (tenant_id),
    KEY ix_insight_run_requested (requested_at),
    CONSTRAINT fk_insight_run_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
