-- Mail templates: MJML with Liquid. own_text: the plain-text part where staff wrote one; NULL means derived.
-- ready: whether it could be sent when it was saved, but for the business's postal address, which may change later.
CREATE TABLE mail_template (
    tenant_id  BIGINT        NOT NULL,
    id         BIGINT        NOT NULL,
    version    BIGINT        NOT NULL,
    name       VARCHAR(120)  NOT NULL,
    subject    VARCHAR(1000) NOT NULL,
    preheader  VARCHAR(1000) NOT NULL,
    mjml       MEDIUMTEXT    NOT NULL,
    own_text   MEDIUMTEXT    NULL,
    ready      BOOLEAN       NOT NULL,
    updated_at DATETIME(6)   NOT NULL,
    updated_by VARCHAR(120)  NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY uk_mail_template_name (tenant_id, name),
    CONSTRAINT fk_mail_template_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
