-- Values of CHOICE and YES_NO attributes (at most one row for a customer) and of LIST attributes (one row for each of
-- its choices); keys as customer_text has them.
CREATE TABLE customer_choice (
    tenant_id    BIGINT NOT NULL,
    customer_id  BIGINT NOT NULL,
    attribute_id BIGINT NOT NULL,
    choice       INT    NOT NULL,
    PRIMARY KEY (tenant_id, customer_id, attribute_id, choice),
    KEY ix_customer_choice_value (tenant_id, attribute_id, choice, customer_id),
    CONSTRAINT fk_customer_choice_customer FOREIGN KEY (tenant_id, customer_id)
        REFERENCES customer (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_customer_choice_choice FOREIGN KEY (tenant_id, attribute_id, choice)
        REFERENCES customer_attribute_choice (tenant_id, attribute_id, choice)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
