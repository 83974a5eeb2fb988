-- As V1410 made it, now in the order of words of 64 customers (word = customer_id >> 6): counts group by them, and rows that come
-- in their order are grouped as they pass. The unique key finds a customer's row, and keeps it the only one. Decision 0316.
CREATE TABLE count_basis (
    tenant_id      BIGINT         NOT NULL,
    word           BIGINT         NOT NULL,
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
    PRIMARY KEY (tenant_id, word, customer_id),
    UNIQUE KEY uk_count_basis_customer (tenant_id, customer_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
