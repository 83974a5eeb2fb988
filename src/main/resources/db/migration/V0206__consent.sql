-- How things stand, per customer and topic. status: GRANTED or WITHDRAWN; no row means never asked.
CREATE TABLE consent (
    tenant_id   BIGINT        NOT NULL,
    customer_id BIGINT        NOT NULL,
    topic       VARCHAR(40)   CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    status      VARCHAR(20)   CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    at          DATETIME(6)   NOT NULL,
    source      VARCHAR(100)  NOT NULL,
    wording     VARCHAR(1000) NULL,
    PRIMARY KEY (tenant_id, customer_id, topic),
    KEY ix_consent_topic (tenant_id, topic, status, customer_id),
    CONSTRAINT fk_consent_customer FOREIGN KEY (tenant_id, customer_id)
        REFERENCES customer (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_consent_topic FOREIGN KEY (tenant_id, topic) REFERENCES consent_topic (tenant_id, code)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
