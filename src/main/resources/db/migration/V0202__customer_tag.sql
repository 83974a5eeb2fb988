CREATE TABLE customer_tag (
    tenant_id   BIGINT      NOT NULL,
    customer_id BIGINT      NOT NULL,
    tag         VARCHAR(60) NOT NULL,
    PRIMARY KEY (tenant_id, customer_id, tag),
    KEY ix_customer_tag_tag (tenant_id, tag, customer_id),
    CONSTRAINT fk_customer_tag_customer FOREIGN KEY (tenant_id, customer_id)
        REFERENCES customer (tenant_id, id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
