-- How customers' pages of a business look, and whether anybody may sign up there. No row: the defaults.
CREATE TABLE customer_page_setting (
    tenant_id  BIGINT       NOT NULL PRIMARY KEY,
    accent     CHAR(7)      CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    logo       MEDIUMBLOB   NULL,
    logo_type  VARCHAR(40)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    sign_up    BOOLEAN      NOT NULL DEFAULT FALSE,
    confirmed  BOOLEAN      NOT NULL DEFAULT TRUE,
    changed_at DATETIME(6)  NOT NULL,
    changed_by VARCHAR(120) NOT NULL,
    CONSTRAINT fk_customer_page_setting_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
