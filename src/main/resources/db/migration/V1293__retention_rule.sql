-- For how many months a business keeps what; no row: for ever. begins_on: the day from which it is done, announced before.
CREATE TABLE retention_rule (
    tenant_id  BIGINT       NOT NULL,
    kind       VARCHAR(20)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    months     INT          NOT NULL,
    begins_on  DATE         NOT NULL,
    changed_at DATETIME(6)  NOT NULL,
    changed_by VARCHAR(120) NOT NULL,
    PRIMARY KEY (tenant_id, kind),
    CONSTRAINT fk_retention_rule_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
