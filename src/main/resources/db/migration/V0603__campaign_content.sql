-- The template as it was when the campaign was scheduled: what is sent, whatever happens to the template later.
CREATE TABLE campaign_content (
    tenant_id   BIGINT        NOT NULL,
    campaign_id BIGINT        NOT NULL,
    template_id BIGINT        NOT NULL,
    subject     VARCHAR(2000) NOT NULL,
    preheader   VARCHAR(2000) NOT NULL,
    mjml        MEDIUMTEXT    NOT NULL,
    frozen_at   DATETIME(6)   NOT NULL,
    PRIMARY KEY (tenant_id, campaign_id),
    CONSTRAINT fk_campaign_content_campaign FOREIGN KEY (tenant_id, campaign_id)
        REFERENCES campaign (tenant_id, id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
