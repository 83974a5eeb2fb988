-- status: PAID, REFUNDED (in full), CANCELLED, TEST. A valid order is PAID with net_value > 0.
-- amount: gross less discounts, without tax and shipping, in the order's own currency.
-- net_value: the same converted to the tenant's currency at the order's date, never converted again.
-- refunded: what was given back so far, in the tenant's currency. ordered_on: the day in the tenant's time zone.
CREATE TABLE customer_order (
    tenant_id   BIGINT         NOT NULL,
    id          BIGINT         NOT NULL,
    customer_id BIGINT         NOT NULL,
    external_id VARCHAR(100)   CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    ordered_at  DATETIME(6)    NOT NULL,
    ordered_on  DATE           NOT NULL,
    status      VARCHAR(20)    CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    currency    CHAR(3)        NOT NULL,
    amount      DECIMAL(16, 4) NOT NULL,
    net_value   DECIMAL(16, 4) NOT NULL,
    refunded    DECIMAL(16, 4) NOT NULL DEFAULT 0,
    refunded_at DATETIME(6)    NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY uk_customer_order_external (tenant_id, external_id),
    KEY ix_customer_order_customer (tenant_id, customer_id, ordered_at, status, net_value),
    KEY ix_customer_order_time (tenant_id, ordered_at, customer_id, status, net_value),
    CONSTRAINT fk_customer_order_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer (tenant_id, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
