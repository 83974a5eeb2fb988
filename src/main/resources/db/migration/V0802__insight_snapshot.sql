-- The latest figures of a business as one document, replaced as a whole by each computation.
CREATE TABLE insight_snapshot (
    tenant_id   BIGINT      NOT NULL,
    version     INT         NOT NULL,
    as_of       DATE        NOT NULL,
    computed_at DATETIME(6) NOT NULL,
    document    JSON        NOT NULL,
    PRIMARY KEY (tenant_id),
    CONSTRAINT fk_insight_snapshot_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
