-- A campaign and how it stands. status: DRAFT, SCHEDULED, MISSED (due while nothing could send; a person decides),
-- SENDING, PAUSED, DONE, CANCELLED.
-- planned_local: what staff asked for, as text (2026-03-29T02:30), since a driver may shift a time that does not exist
-- in some zone; send_at: the instant it means in that zone (UTC), known once scheduled.
-- missed_policy: SEND_LATE (up to late_hours), SKIP or ASK.
-- audience and left_*: counts frozen at the launch.
-- ix_campaign_due begins without the tenant on purpose: the recovery looks through all tenants once a minute.
CREATE TABLE campaign (
    tenant_id         BIGINT       NOT NULL,
    id                BIGINT       NOT NULL,
    version           INT          NOT NULL,
    name              VARCHAR(120) NOT NULL,
    template_id       BIGINT       NULL,
    topic             VARCHAR(40)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    status            VARCHAR(20)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    planned_local     VARCHAR(30)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    zone              VARCHAR(60)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    send_at           DATETIME(6)  NULL,
    missed_policy     VARCHAR(20)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    late_hours        INT          NOT NULL,
    origin_kind       VARCHAR(40)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    origin_reference  BIGINT       NULL,
    run_id            BIGINT       NULL,
    audience          BIGINT       NULL,
    left_excluded     BIGINT       NULL,
    left_no_address   BIGINT       NULL,
    left_unsubscribed BIGINT       NULL,
    left_bounced      BIGINT       NULL,
    left_complained   BIGINT       NULL,
    left_suppressed   BIGINT       NULL,
    left_topic        BIGINT       NULL,
    note              VARCHAR(500) NULL,
    launched_at       DATETIME(6)  NULL,
    finished_at       DATETIME(6)  NULL,
    created_by        VARCHAR(254) NOT NULL,
    created_at        DATETIME(6)  NOT NULL,
    updated_by        VARCHAR(254) NOT NULL,
    updated_at        DATETIME(6)  NOT NULL,
    PRIMARY KEY (tenant_id, id),
    KEY ix_campaign_status (tenant_id, status, send_at),
    KEY ix_campaign_origin (tenant_id, origin_kind, origin_reference),
    KEY ix_campaign_template (tenant_id, template_id),
    KEY ix_campaign_topic (tenant_id, topic),
    KEY ix_campaign_due (status, send_at, tenant_id),
    CONSTRAINT fk_campaign_business FOREIGN KEY (tenant_id) REFERENCES business (id),
    CONSTRAINT fk_campaign_topic FOREIGN KEY (tenant_id, topic) REFERENCES consent_topic (tenant_id, code)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
