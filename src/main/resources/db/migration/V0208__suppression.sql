-- Addresses never mailed again, whatever imports, merges and restores say. Keyed by SHA-256 of the lower-case address,
-- so an erased person stays suppressed while the address itself is gone. reason: UNSUBSCRIBED, BOUNCED, COMPLAINED,
-- ERASED, MANUAL.
CREATE TABLE suppression (
    tenant_id  BIGINT       NOT NULL,
    email_hash BINARY(32)   NOT NULL,
    email      VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    reason     VARCHAR(20)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    evidence   VARCHAR(1000) NULL,
    at         DATETIME(6)  NOT NULL,
    PRIMARY KEY (tenant_id, email_hash),
    KEY ix_suppression_email (tenant_id, email),
    CONSTRAINT fk_suppression_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
