-- Somebody asked for mails, or was asked by staff, and has not confirmed it yet: with the exact texts (JSON), from where
-- and when. Deleted when expires_at is over. customer_id: whom staff asked, or who confirmed. next_mail_at: when a mail is
-- to go out; nothing where none is.
CREATE TABLE consent_request (
    tenant_id    BIGINT        NOT NULL,
    id           BIGINT        NOT NULL,
    email        VARCHAR(254)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    customer_id  BIGINT        NULL,
    first_name   VARCHAR(100)  NULL,
    language     VARCHAR(8)    CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    topics       TEXT          NOT NULL,
    source       VARCHAR(100)  NOT NULL,
    network      VARCHAR(45)   CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    asked_at     DATETIME(6)   NOT NULL,
    expires_at   DATETIME(6)   NOT NULL,
    confirmed_at DATETIME(6)   NULL,
    mails        INT           NOT NULL DEFAULT 0,
    mailed_at    DATETIME(6)   NULL,
    next_mail_at DATETIME(6)   NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY uk_consent_request_email (tenant_id, email),
    KEY ix_consent_request_customer (tenant_id, customer_id),
    KEY ix_consent_request_mail (next_mail_at),
    KEY ix_consent_request_expiry (expires_at),
    CONSTRAINT fk_consent_request_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
