-- Keys that mails of a domain are signed with (DKIM). private_key: encrypted for this tenant and row, NULL once retired.
-- public_key: as the DNS record gives it (p=). seen_at: when the record was last found in the DNS as it should be;
-- checked_at: when it was last looked for.
CREATE TABLE dkim_key (
    tenant_id   BIGINT         NOT NULL,
    id          BIGINT         NOT NULL,
    domain      VARCHAR(253)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    selector    VARCHAR(63)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    algorithm   VARCHAR(10)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state       VARCHAR(10)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    public_key  VARCHAR(600)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    private_key VARBINARY(2500) NULL,
    created_at  DATETIME(6)    NOT NULL,
    changed_at  DATETIME(6)    NOT NULL,
    checked_at  DATETIME(6)    NULL,
    seen_at     DATETIME(6)    NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY uk_dkim_key_selector (tenant_id, domain, selector),
    CONSTRAINT fk_dkim_key_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
