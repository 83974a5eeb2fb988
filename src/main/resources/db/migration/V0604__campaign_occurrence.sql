-- One row for each time a campaign came due: who inserts it first decides what happens then, everybody else does
-- nothing. outcome: LAUNCHED, EMPTY, SKIPPED, ASKED.
CREATE TABLE campaign_occurrence (
    tenant_id   BIGINT      NOT NULL,
    campaign_id BIGINT      NOT NULL,
    planned_at  DATETIME(6) NOT NULL,
    claimed_at  DATETIME(6) NOT NULL,
    outcome     VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    PRIMARY KEY (tenant_id, campaign_id, planned_at),
    CONSTRAINT fk_campaign_occurrence_campaign FOREIGN KEY (tenant_id, campaign_id)
        REFERENCES campaign (tenant_id, id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
