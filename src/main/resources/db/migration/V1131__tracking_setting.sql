-- What a business lets be tracked, and under which domain of its own mails come back. No row: the defaults.
CREATE TABLE tracking_setting (
    tenant_id     BIGINT       NOT NULL PRIMARY KEY,
    opens         BOOLEAN      NOT NULL DEFAULT TRUE,
    clicks        BOOLEAN      NOT NULL DEFAULT TRUE,
    bounce_domain VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    changed_at    DATETIME(6)  NOT NULL,
    changed_by    VARCHAR(120) NOT NULL,
    CONSTRAINT fk_tracking_setting_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
