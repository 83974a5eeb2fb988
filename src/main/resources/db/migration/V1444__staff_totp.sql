-- The second factor of a person: an authenticator app (RFC 6238). secret: encrypted, bound to the person. last_step: the time step of
-- the code used last, which and before which none holds any more.
CREATE TABLE staff_totp (
    account_id BIGINT         NOT NULL PRIMARY KEY,
    secret     VARBINARY(200) NOT NULL,
    added_at   DATETIME(6)    NOT NULL,
    last_step  BIGINT         NOT NULL,
    CONSTRAINT fk_staff_totp_account FOREIGN KEY (account_id) REFERENCES staff_account (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
