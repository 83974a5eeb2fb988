-- What a business asks of its sending; NULL means no wish of its own. quiet_*: minutes of the day, over midnight where
-- from > until; quiet_zone: BUSINESS or CUSTOMER (each person's own zone where known).
CREATE TABLE sending_pace (
    tenant_id   BIGINT       NOT NULL PRIMARY KEY,
    per_minute  INT          NULL,
    per_hour    INT          NULL,
    per_day     INT          NULL,
    cap_mails   INT          NULL,
    cap_days    INT          NULL,
    quiet_from  SMALLINT     NULL,
    quiet_until SMALLINT     NULL,
    quiet_zone  VARCHAR(10)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    updated_by  VARCHAR(254) NOT NULL,
    updated_at  DATETIME(6)  NOT NULL,
    CONSTRAINT fk_sending_pace_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
