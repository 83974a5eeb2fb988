-- Browsers in which a person has signed in before: guessing from elsewhere does not slow them down. token_hash: SHA-256 of the cookie.
CREATE TABLE staff_device (
    account_id BIGINT      NOT NULL,
    token_hash BINARY(32)  NOT NULL,
    seen_at    DATETIME(6) NOT NULL,
    PRIMARY KEY (account_id, token_hash),
    CONSTRAINT fk_staff_device_account FOREIGN KEY (account_id) REFERENCES staff_account (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
