-- Links mailed to the address that somebody wants to sign in with from now on. token_hash: SHA-256 of what stands in the
-- link. A person has one at a time.
CREATE TABLE address_change (
    account_id BIGINT       NOT NULL PRIMARY KEY,
    token_hash BINARY(32)   NOT NULL,
    email      VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    created_at DATETIME(6)  NOT NULL,
    UNIQUE KEY uk_address_change_token (token_hash),
    CONSTRAINT fk_address_change_account FOREIGN KEY (account_id) REFERENCES staff_account (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
