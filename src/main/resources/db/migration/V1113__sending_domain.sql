-- Limits of a sending domain. warm_*: the daily ceiling while the domain is new: warm_first mails on warm_from, each day
-- warm_growth times as many, until warm_until a day are reached and the plan is over.
CREATE TABLE sending_domain (
    tenant_id   BIGINT        NOT NULL,
    domain      VARCHAR(253)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    per_hour    INT           NULL,
    per_day     INT           NULL,
    warm_from   DATE          NULL,
    warm_first  INT           NULL,
    warm_growth DECIMAL(4, 2) NULL,
    warm_until  INT           NULL,
    PRIMARY KEY (tenant_id, domain),
    CONSTRAINT fk_sending_domain_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
