-- Whom a campaign is for: customers of the included segments without those of the excluded. None included: everybody.
CREATE TABLE campaign_segment (
    tenant_id   BIGINT  NOT NULL,
    campaign_id BIGINT  NOT NULL,
    segment_id  BIGINT  NOT NULL,
    excluded    BOOLEAN NOT NULL,
    position    INT     NOT NULL,
    PRIMARY KEY (tenant_id, campaign_id, segment_id, excluded),
    KEY ix_campaign_segment_segment (tenant_id, segment_id),
    CONSTRAINT fk_campaign_segment_campaign FOREIGN KEY (tenant_id, campaign_id)
        REFERENCES campaign (tenant_id, id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
