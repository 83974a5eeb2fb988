-- What counts of rules ask most of customers who were not erased, side by side in one row, so that it is read in one go: their
-- own fields, consents (codes of topics with commas between), suppression and summary. Copied from there by the upkeep of
-- segments after each change; until then customer_change names who changed. No foreign keys: each row of a fill of a million
-- would lock its customer, whom imports write. Decision 0308.
CREATE TABLE count_basis (
    tenant_id      BIGINT         NOT NULL,
    customer_id    BIGINT         NOT NULL,
    city           VARCHAR(100)   NULL,
    country        CHAR(2)        NULL,
    locale         VARCHAR(20)    NULL,
    gender         VARCHAR(20)    NULL,
    birthday       DATE           NULL,
    created_at     DATETIME(6)    NOT NULL,
    suppressed     VARCHAR(20)    CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    granted        VARCHAR(1000)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    withdrawn      VARCHAR(1000)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    orders         INT            NOT NULL,
    order_days     INT            NOT NULL,
    first_order_at DATETIME(6)    NULL,
    last_order_at  DATETIME(6)    NULL,
    value          DECIMAL(16, 4) NOT NULL,
    rfm_recency    TINYINT        NULL,
    rfm_frequency  TINYINT        NULL,
    rfm_monetary   TINYINT        NULL,
    churn_risk     DOUBLE         NULL,
    clv            DECIMAL(16, 4) NULL,
    PRIMARY KEY (tenant_id, customer_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
