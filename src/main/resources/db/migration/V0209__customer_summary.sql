-- One row per customer, kept up to date by imports in their own transaction; the scores are put in by insights.
-- orders counts valid orders; order_days counts distinct days with one (same-day orders merged, as the purchase
-- models want); value is net of refunds, in the tenant's currency.
-- churn_risk: probability of no order in the next 90 days. clv: expected value of the next 365 days, discounted.
CREATE TABLE customer_summary (
    tenant_id      BIGINT         NOT NULL,
    customer_id    BIGINT         NOT NULL,
    orders         INT            NOT NULL DEFAULT 0,
    order_days     INT            NOT NULL DEFAULT 0,
    first_order_at DATETIME(6)    NULL,
    last_order_at  DATETIME(6)    NULL,
    value          DECIMAL(16, 4) NOT NULL DEFAULT 0,
    rfm_recency    TINYINT        NULL,
    rfm_frequency  TINYINT        NULL,
    rfm_monetary   TINYINT        NULL,
    p_alive        DOUBLE         NULL,
    churn_risk     DOUBLE         NULL,
    clv            DECIMAL(16, 4) NULL,
    scored_at      DATETIME(6)    NULL,
    PRIMARY KEY (tenant_id, customer_id),
    KEY ix_customer_summary_last (tenant_id, last_order_at),
    KEY ix_customer_summary_value (tenant_id, value),
    KEY ix_customer_summary_orders (tenant_id, orders),
    KEY ix_customer_summary_risk (tenant_id, churn_risk),
    CONSTRAINT fk_customer_summary_customer FOREIGN KEY (tenant_id, customer_id)
        REFERENCES customer (tenant_id, id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
