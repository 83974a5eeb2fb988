-- Codes for who lost their second factor; each goes once. code_hash: SHA-256 of 80 random bits.
CREATE TABLE staff_recovery_code (
    account_id BIGINT     NOT NULL,
    code_hash  BINARY(32) NOT NULL,
    PRIMARY KEY (account_id, code_hash),
    CONSTRAINT fk_staff_recovery_code_account FOREIGN KEY (account_id) REFERENCES staff_account (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
