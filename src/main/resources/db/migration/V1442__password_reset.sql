-- Links mailed to those who forgot their password. token_hash: SHA-256 of what stands in the link.
CREATE TABLE password_reset (
    token_hash BINARY(32)  NOT NULL PRIMARY KEY,
    account_id BIGINT      NOT NULL,
    created_at DATETIME(6) NOT NULL,
    KEY ix_password_reset_account (account_id, created_at),
    KEY ix_password_reset_created (created_at),
    CONSTRAINT fk_password_reset_account FOREIGN KEY (account_id) REFERENCES staff_account (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
