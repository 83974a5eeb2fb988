-- Attempts to sign in (or to have a mail sent), counted for a person, an address or both. key_hash: SHA-256, so that the table tells
-- nobody's address. Rows older than an hour count no more and are removed by those that come after.
CREATE TABLE sign_in_attempt (
    key_hash   BINARY(32)  NOT NULL PRIMARY KEY,
    attempts   INT         NOT NULL,
    last_at    DATETIME(6) NOT NULL,
    wait_until DATETIME(6) NOT NULL,
    KEY ix_sign_in_attempt_last (last_at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
