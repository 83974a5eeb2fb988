-- The proof that somebody was erased: who did it, when, and how many rows of which tables (JSON). Nothing tells who it
-- was. swept_at: when it was looked once more for what was at work at that moment.
CREATE TABLE erasure (
    tenant_id   BIGINT        NOT NULL,
    id          BIGINT        NOT NULL,
    customer_id BIGINT        NOT NULL,
    at          DATETIME(6)   NOT NULL,
    by_name     VARCHAR(120)  NOT NULL,
    counts      VARCHAR(4000) NOT NULL,
    swept_at    DATETIME(6)   NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY uk_erasure_customer (tenant_id, customer_id),
    CONSTRAINT fk_erasure_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
