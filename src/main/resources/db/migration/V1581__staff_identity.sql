-- Which account at an OpenID provider belongs to a person. identity_hash: SHA-256 of issuer and subject, which together never mean
-- anybody else; an e-mail address may.
CREATE TABLE staff_identity (
    id            BIGINT       NOT NULL PRIMARY KEY,
    account_id    BIGINT       NOT NULL,
    identity_hash BINARY(32)   NOT NULL,
    issuer        VARCHAR(500) NOT NULL,
    subject       VARCHAR(255) NOT NULL COLLATE utf8mb4_bin,
    email         VARCHAR(254) NULL,
    linked_at     DATETIME(6)  NOT NULL,
    used_at       DATETIME(6)  NULL,
    UNIQUE KEY uq_staff_identity_identity (identity_hash),
    KEY ix_staff_identity_account (account_id, id),
    CONSTRAINT fk_staff_identity_account FOREIGN KEY (account_id) REFERENCES staff_account (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
