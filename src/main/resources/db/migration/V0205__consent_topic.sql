-- What a customer may agree to be mailed about. One topic of each business is the default.
CREATE TABLE consent_topic (
    tenant_id   BIGINT       NOT NULL,
    code        VARCHAR(40)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    name        VARCHAR(100) NOT NULL,
    description VARCHAR(300) NULL,
    position    INT          NOT NULL,
    PRIMARY KEY (tenant_id, code),
    CONSTRAINT fk_consent_topic_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
