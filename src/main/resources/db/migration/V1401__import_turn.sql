-- Whose row is locked writes a chunk of an import of that business. Not the business's own row: each new customer locks that
-- too, as a reference, so that the next chunk could not be sent while this one is finished.
CREATE TABLE import_turn (
    tenant_id BIGINT NOT NULL,
    PRIMARY KEY (tenant_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
