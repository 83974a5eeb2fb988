-- A program's way into a business. Of the key itself only its hash is kept; hint is its end, by which people tell keys
-- apart. A key is looked up before it is known whose it is: that is why its hash has an index without the tenant.
CREATE TABLE api_key (
    tenant_id    BIGINT        NOT NULL,
    id           BIGINT        NOT NULL,
    name         VARCHAR(80)   NOT NULL,
    key_hash     BINARY(32)    NOT NULL,
    hint         VARCHAR(8)    CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    scopes       VARCHAR(1000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    created_at   DATETIME(6)   NOT NULL,
    created_by   VARCHAR(120)  NOT NULL,
    expires_at   DATETIME(6)   NULL,
    last_used_at DATETIME(6)   NULL,
    revoked_at   DATETIME(6)   NULL,
    revoked_by   VARCHAR(120)  NULL,
    PRIMARY KEY (tenant_id, id),
    KEY ix_api_key_hash (key_hash),
    CONSTRAINT fk_api_key_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
