-- One sending to a frozen audience. state: PREPARING, SENDING, PAUSED, CANCELLED, DONE. The counters are kept in the
-- same transaction as the message they count, so they are exact; those by state are counted from the messages.
CREATE TABLE delivery_run (
    tenant_id     BIGINT       NOT NULL,
    id            BIGINT       NOT NULL,
    composer      VARCHAR(40)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    reference     BIGINT       NOT NULL,
    title         VARCHAR(200) NOT NULL,
    sender_name   VARCHAR(120) NOT NULL,
    sender_email  VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    reply_to      VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    topic         VARCHAR(40)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    state         VARCHAR(16)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    state_reason  VARCHAR(500) NULL,
    bounced       BIGINT       NOT NULL DEFAULT 0,
    complained    BIGINT       NOT NULL DEFAULT 0,
    unsubscribed  BIGINT       NOT NULL DEFAULT 0,
    unique_opens  BIGINT       NOT NULL DEFAULT 0,
    unique_clicks BIGINT       NOT NULL DEFAULT 0,
    created_at    DATETIME(6)  NOT NULL,
    released_at   DATETIME(6)  NULL,
    finished_at   DATETIME(6)  NULL,
    PRIMARY KEY (tenant_id, id),
    KEY ix_delivery_run_state (state, tenant_id, id),
    KEY ix_delivery_run_reference (tenant_id, composer, reference),
    CONSTRAINT fk_delivery_run_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
