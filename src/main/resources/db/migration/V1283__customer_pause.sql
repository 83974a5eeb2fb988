-- Until when a customer wants no mails for now. Over: as if there were no row.
CREATE TABLE customer_pause (
    tenant_id   BIGINT       NOT NULL,
    customer_id BIGINT       NOT NULL,
    until_at    DATETIME(6)  NOT NULL,
    at          DATETIME(6)  NOT NULL,
    source      VARCHAR(100) NOT NULL,
    PRIMARY KEY (tenant_id, customer_id),
    CONSTRAINT fk_customer_pause_customer FOREIGN KEY (tenant_id, customer_id)
        REFERENCES customer (tenant_id, id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
