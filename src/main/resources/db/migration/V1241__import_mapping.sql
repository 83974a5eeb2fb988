-- What the columns of a shop's files mean, remembered for the next file with the same header. header_hash: SHA-256 of the
-- header's names without case. settings: JSON with the header's name of each field, and the policy.
CREATE TABLE import_mapping (
    tenant_id   BIGINT       NOT NULL,
    id          BIGINT       NOT NULL,
    kind        VARCHAR(20)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    header_hash BINARY(32)   NOT NULL,
    name        VARCHAR(100) NOT NULL,
    settings    TEXT         CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    used_by     VARCHAR(120) NOT NULL,
    used_at     DATETIME(6)  NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY uk_import_mapping_header (tenant_id, header_hash, kind),
    KEY ix_import_mapping_used (tenant_id, kind, used_at),
    CONSTRAINT fk_import_mapping_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
