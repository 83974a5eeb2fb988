-- customer_id and ordered_at repeat the order's, so that "bought from category X in 60 days" reads one table.
CREATE TABLE order_line (
    tenant_id   BIGINT         NOT NULL,
    order_id    BIGINT         NOT NULL,
    line_no     INT            NOT NULL,
    customer_id BIGINT         NOT NULL,
    ordered_at  DATETIME(6)    NOT NULL,
    sku         VARCHAR(100)   CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    product     VARCHAR(200)   NOT NULL,
    category    VARCHAR(100)   NULL,
    quantity    DECIMAL(12, 3) NOT NULL,
    net_value   DECIMAL(16, 4) NOT NULL,
    PRIMARY KEY (tenant_id, order_id, line_no),
    KEY ix_order_line_category (tenant_id, category, customer_id, ordered_at, net_value),
    KEY ix_order_line_customer (tenant_id, customer_id, ordered_at),
    CONSTRAINT fk_order_line_order FOREIGN KEY (tenant_id, order_id)
        REFERENCES customer_order (tenant_id, id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
