-- The exact texts by which customers agree to a topic, each version kept. The highest version of a language is the one in
-- use; consent.wording keeps a copy with each consent.
CREATE TABLE consent_wording (
    tenant_id BIGINT        NOT NULL,
    topic     VARCHAR(40)   CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    language  VARCHAR(8)    CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    version   INT           NOT NULL,
    wording   VARCHAR(1000) NOT NULL,
    since     DATETIME(6)   NOT NULL,
    by_name   VARCHAR(120)  NOT NULL,
    PRIMARY KEY (tenant_id, topic, language, version),
    CONSTRAINT fk_consent_wording_topic FOREIGN KEY (tenant_id, topic)
        REFERENCES consent_topic (tenant_id, code) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
