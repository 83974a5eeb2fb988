-- Valid orders by customer and calendar month of the tenant's zone (month = its first day), for cohorts and trends.
CREATE TABLE customer_month (
    tenant_id   BIGINT         NOT NULL,
    customer_id BIGINT         NOT NULL,
    month       DATE           NOT NULL,
    orders      INT            NOT NULL,
    value       DECIMAL(16, 4) NOT NULL,
    PRIMARY KEY (tenant_id, customer_id, month),
    KEY ix_customer_month_month (tenant_id, month, customer_id, orders, value),
    CONSTRAINT fk_customer_month_customer FOREIGN KEY (tenant_id, customer_id)
        REFERENCES customer (tenant_id, id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
