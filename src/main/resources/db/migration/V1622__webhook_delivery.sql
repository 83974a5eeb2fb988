-- An event on its way to an endpoint. due_at: when it is tried next; null once it is DELIVERED or FAILED. No key to the
-- endpoint: whoever changes a customer would wait for the worker that has the endpoint's row.
CREATE TABLE webhook_delivery (
    tenant_id   BIGINT      NOT NULL,
    endpoint_id BIGINT      NOT NULL,
    event_id    BIGINT      NOT NULL,
    state       VARCHAR(12) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    attempts    INT         NOT NULL DEFAULT 0,
    due_at      DATETIME(6) NULL,
    tried_at    DATETIME(6) NULL,
    PRIMARY KEY (tenant_id, endpoint_id, event_id),
    KEY ix_webhook_delivery_due (tenant_id, endpoint_id, due_at, event_id),
    KEY ix_webhook_delivery_state (tenant_id, endpoint_id, state, event_id),
    KEY ix_webhook_delivery_event (tenant_id, event_id),
    CONSTRAINT fk_webhook_delivery_event FOREIGN KEY (tenant_id, event_id)
        REFERENCES webhook_event (tenant_id, id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
