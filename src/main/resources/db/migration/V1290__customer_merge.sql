-- Two customers became one, with all that is needed to take it back (JSON) for 30 days; nothing of it is kept longer, or
-- after one of them was erased.
CREATE TABLE customer_merge (
    tenant_id   BIGINT       NOT NULL,
    id          BIGINT       NOT NULL,
    survivor_id BIGINT       NOT NULL,
    merged_id   BIGINT       NOT NULL,
    at          DATETIME(6)  NOT NULL,
    by_name     VARCHAR(120) NOT NULL,
    undone_at   DATETIME(6)  NULL,
    undone_by   VARCHAR(120) NULL,
    undo_data   LONGTEXT     NULL,
    PRIMARY KEY (tenant_id, id),
    KEY ix_customer_merge_survivor (tenant_id, survivor_id, at),
    KEY ix_customer_merge_merged (tenant_id, merged_id),
    CONSTRAINT fk_customer_merge_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
