-- By what customers may be found to be one person: kind 1 address without its extras, 2 phone, 3 name and birthday, 4 name and
-- city. Compared without regard to case and accents. Made anew each night for who changed.
CREATE TABLE customer_match_key (
    tenant_id   BIGINT       NOT NULL,
    kind        TINYINT      NOT NULL,
    match_key   VARCHAR(255) NOT NULL,
    customer_id BIGINT       NOT NULL,
    PRIMARY KEY (tenant_id, kind, match_key, customer_id),
    KEY ix_customer_match_key_customer (tenant_id, customer_id),
    CONSTRAINT fk_customer_match_key_customer FOREIGN KEY (tenant_id, customer_id)
        REFERENCES customer (tenant_id, id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
