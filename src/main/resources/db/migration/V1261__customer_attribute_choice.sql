-- What an attribute of type CHOICE or LIST may be. Customers have the number, so renaming and reordering touch none of
-- them. An attribute of type YES_NO has 0 (no) and 1 (yes).
CREATE TABLE customer_attribute_choice (
    tenant_id    BIGINT       NOT NULL,
    attribute_id BIGINT       NOT NULL,
    choice       INT          NOT NULL,
    name         VARCHAR(100) NOT NULL,
    position     INT          NOT NULL,
    archived_at  DATETIME(6)  NULL,
    PRIMARY KEY (tenant_id, attribute_id, choice),
    UNIQUE KEY uk_customer_attribute_choice_name (tenant_id, attribute_id, name),
    CONSTRAINT fk_customer_attribute_choice_attribute FOREIGN KEY (tenant_id, attribute_id)
        REFERENCES customer_attribute (tenant_id, id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
