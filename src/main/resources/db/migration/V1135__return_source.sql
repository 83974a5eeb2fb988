-- Where mails come back to: the mailbox (name MAILBOX) and our own port (SMTP). One node asks the mailbox at a time, as
-- long as its lease lasts; up to last_uid everything is handled. The installation's, of no business.
CREATE TABLE return_source (
    name         VARCHAR(20)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL PRIMARY KEY,
    holder       BIGINT       NOT NULL DEFAULT 0,
    lease_until  DATETIME(6)  NULL,
    uid_validity BIGINT       NOT NULL DEFAULT 0,
    last_uid     BIGINT       NOT NULL DEFAULT 0,
    asked_at     DATETIME(6)  NULL,
    good_at      DATETIME(6)  NULL,
    error        VARCHAR(500) NULL,
    counted      BIGINT       NOT NULL DEFAULT 0,
    repeated     BIGINT       NOT NULL DEFAULT 0,
    ignored      BIGINT       NOT NULL DEFAULT 0,
    forged       BIGINT       NOT NULL DEFAULT 0,
    quarantined  BIGINT       NOT NULL DEFAULT 0
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
