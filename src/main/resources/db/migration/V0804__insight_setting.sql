-- What a business decided about its figures. silence_days: after how many days without an order a customer counts as
-- lost; NULL means measured from their own rhythm.
CREATE TABLE insight_setting (
    tenant_id    BIGINT NOT NULL,
    silence_days INT    NULL,
    PRIMARY KEY (tenant_id),
    CONSTRAINT fk_insight_setting_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
