-- What came in and could not be read, or says nothing that we act on. tenant_id is 0 where no signature tells whose it is:
-- that is for the operator, and no business sees it. The same content is kept once.
CREATE TABLE quarantined_mail (
    tenant_id  BIGINT       NOT NULL,
    id         BIGINT       NOT NULL,
    digest     BINARY(32)   NOT NULL,
    reason     VARCHAR(20)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    detail     VARCHAR(500) NOT NULL,
    source     VARCHAR(20)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    recipients VARCHAR(500) NOT NULL,
    size       BIGINT       NOT NULL,
    content    MEDIUMTEXT   NOT NULL,
    arrived_at DATETIME(6)  NOT NULL,
    times      INT          NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY uk_quarantined_mail (tenant_id, digest),
    KEY ix_quarantined_mail_time (tenant_id, arrived_at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
