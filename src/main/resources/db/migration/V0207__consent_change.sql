-- Every change of consent, kept as evidence.
CREATE TABLE consent_change (
    tenant_id   BIGINT        NOT NULL,
    id          BIGINT        NOT NULL,
    customer_id BIGINT        NOT NULL,
    topic       VARCHAR(40)   CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    status      VARCHAR(20)   CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    at          DATETIME(6)   NOT NULL,
    source      VARCHAR(100)  NOT NULL,
    wording     VARCHAR(1000) NULL,
    PRIMARY KEY (tenant_id, id),
    KEY ix_consent_change_customer (tenant_id, customer_id, at),
    CONSTRAINT fk_consent_change_customer FOREIGN KEY (tenant_id, customer_id)
        REFERENCES customer (tenant_id, id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
