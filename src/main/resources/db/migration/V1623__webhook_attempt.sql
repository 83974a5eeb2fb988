-- What came of sending an event: the answer's status and its beginning, or why there was none.
CREATE TABLE webhook_attempt (
    tenant_id   BIGINT        NOT NULL,
    id          BIGINT        NOT NULL,
    endpoint_id BIGINT        NOT NULL,
    event_id    BIGINT        NOT NULL,
    at          DATETIME(6)   NOT NULL,
    millis      INT           NOT NULL,
    status      SMALLINT      NULL,
    problem     VARCHAR(300)  NULL,
    answer      VARCHAR(2000) NULL,
    PRIMARY KEY (tenant_id, id),
    KEY ix_webhook_attempt_delivery (tenant_id, endpoint_id, event_id, id),
    CONSTRAINT fk_webhook_attempt_delivery FOREIGN KEY (tenant_id, endpoint_id, event_id)
        REFERENCES webhook_delivery (tenant_id, endpoint_id, event_id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
