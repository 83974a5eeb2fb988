-- A topic in a customer's language; where there is none, the topic's own name and description stand.
CREATE TABLE consent_topic_text (
    tenant_id   BIGINT       NOT NULL,
    topic       VARCHAR(40)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    language    VARCHAR(8)   CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    name        VARCHAR(100) NOT NULL,
    description VARCHAR(300) NULL,
    PRIMARY KEY (tenant_id, topic, language),
    CONSTRAINT fk_consent_topic_text_topic FOREIGN KEY (tenant_id, topic)
        REFERENCES consent_topic (tenant_id, code) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
