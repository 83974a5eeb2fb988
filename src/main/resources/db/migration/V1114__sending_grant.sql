-- What the operator grants a business: its weight among the others, ceilings above its own limits, and whether its
-- sending is paused, with the reason it is shown.
CREATE TABLE sending_grant (
    tenant_id     BIGINT       NOT NULL PRIMARY KEY,
    weight        INT          NOT NULL DEFAULT 1,
    max_per_hour  INT          NULL,
    max_per_day   INT          NULL,
    paused_reason VARCHAR(300) NULL,
    paused_by     VARCHAR(254) NULL,
    paused_at     DATETIME(6)  NULL,
    CONSTRAINT fk_sending_grant_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
