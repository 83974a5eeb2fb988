-- What changed of which customers, until whoever keeps something about them has looked again. Written in the change's own
-- transaction; one row for a whole chunk of an import. aspects: bits of CustomerAspect. customers: ids of 8 bytes each, or
-- NULL for everybody.
CREATE TABLE customer_change (
    tenant_id BIGINT      NOT NULL,
    id        BIGINT      NOT NULL,
    aspects   BIGINT      NOT NULL,
    amount    INT         NOT NULL,
    customers MEDIUMBLOB  NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_customer_change_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
