-- Passkeys (WebAuthn) of a person. credential_hash: SHA-256 of the credential's id, which may be too long for a key. credential:
-- authenticator model, id and public key as the authenticator gave them (attested credential data). sign_count: the highest seen.
-- backup_eligible: may be copied to other devices of its owner; backed_up: was when last used.
CREATE TABLE staff_passkey (
    id              BIGINT          NOT NULL PRIMARY KEY,
    account_id      BIGINT          NOT NULL,
    credential_hash BINARY(32)      NOT NULL,
    credential      VARBINARY(4000) NOT NULL,
    transports      VARCHAR(100)    NOT NULL,
    sign_count      BIGINT          NOT NULL,
    backup_eligible BOOLEAN         NOT NULL,
    backed_up       BOOLEAN         NOT NULL,
    name            VARCHAR(60)     NOT NULL,
    made_at         DATETIME(6)     NOT NULL,
    used_at         DATETIME(6)     NULL,
    UNIQUE KEY uq_staff_passkey_credential (credential_hash),
    KEY ix_staff_passkey_account (account_id, id),
    CONSTRAINT fk_staff_passkey_account FOREIGN KEY (account_id) REFERENCES staff_account (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
