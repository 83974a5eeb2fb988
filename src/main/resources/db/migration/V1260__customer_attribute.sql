-- What a business keeps about its customers beyond what everybody has. attribute_key never changes: rules, files and the
-- API name the attribute by it. type: TEXT, NUMBER, DATE, YES_NO, CHOICE, LIST. An archived one keeps its values.
CREATE TABLE customer_attribute (
    tenant_id     BIGINT       NOT NULL,
    id            BIGINT       NOT NULL,
    attribute_key VARCHAR(60)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    name          VARCHAR(100) NOT NULL,
    type          VARCHAR(20)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    position      INT          NOT NULL,
    archived_at   DATETIME(6)  NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY uk_customer_attribute_key (tenant_id, attribute_key),
    CONSTRAINT fk_customer_attribute_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
