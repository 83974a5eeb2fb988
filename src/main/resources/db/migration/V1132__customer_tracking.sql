-- Who chose not to be tracked, or chose it and came back. Goes with the customer.
CREATE TABLE customer_tracking (
    tenant_id   BIGINT       NOT NULL,
    customer_id BIGINT       NOT NULL,
    allowed     BOOLEAN      NOT NULL,
    at          DATETIME(6)  NOT NULL,
    source      VARCHAR(100) NOT NULL,
    PRIMARY KEY (tenant_id, customer_id),
    CONSTRAINT fk_customer_tracking_customer FOREIGN KEY (tenant_id, customer_id)
        REFERENCES customer (tenant_id, id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
