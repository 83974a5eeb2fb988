-- By what the erased are known again when a file would bring them back: HMAC-SHA256 of tenant and address, or tenant and
-- the shop's number, with a key of the installation's own.
CREATE TABLE erased_key (
    tenant_id  BIGINT      NOT NULL,
    erased_key BINARY(32)  NOT NULL,
    erasure_id BIGINT      NOT NULL,
    at         DATETIME(6) NOT NULL,
    PRIMARY KEY (tenant_id, erased_key),
    CONSTRAINT fk_erased_key_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
