-- Values of DATE attributes; keys as customer_text has them.
CREATE TABLE customer_date (
    tenant_id    BIGINT NOT NULL,
    customer_id  BIGINT NOT NULL,
    attribute_id BIGINT NOT NULL,
    value        DATE NOT NULL,
    PRIMARY KEY (tenant_id, customer_id, attribute_id),
    KEY ix_customer_date_value (tenant_id, attribute_id, value, customer_id),
    CONSTRAINT fk_customer_date_customer FOREIGN KEY (tenant_id, customer_id)
        REFERENCES customer (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_customer_date_attribute FOREIGN KEY (tenant_id, attribute_id) REFERENCES customer_attribute (tenant_id, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
