CREATE TABLE business (
    id             BIGINT       NOT NULL PRIMARY KEY,
    name           VARCHAR(120) NOT NULL,
    country        CHAR(2)      NOT NULL,
    locale         VARCHAR(20)  NOT NULL,
    zone           VARCHAR(60)  NOT NULL,
    currency       CHAR(3)      NOT NULL,
    postal_address VARCHAR(500) NULL,
    sender_name    VARCHAR(120) NULL,
    sender_email   VARCHAR(254) NULL,
    reply_to       VARCHAR(254) NULL,
    website        VARCHAR(300) NULL,
    created_at     DATETIME(6)  NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
