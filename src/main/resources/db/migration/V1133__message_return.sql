-- What came back about a message, once for each kind however often it came. kind: HARD, SOFT, OWN_FAULT, DELAYED,
-- DELIVERED, COMPLAINT. diagnostic is what a server somewhere wrote: hostile until shown as plain text.
CREATE TABLE message_return (
    tenant_id   BIGINT        NOT NULL,
    message_id  BIGINT        NOT NULL,
    kind        VARCHAR(16)   CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    run_id      BIGINT        NOT NULL,
    customer_id BIGINT        NOT NULL,
    status      VARCHAR(16)   NULL,
    diagnostic  VARCHAR(1000) NOT NULL,
    reporter    VARCHAR(255)  NULL,
    first_at    DATETIME(6)   NOT NULL,
    last_at     DATETIME(6)   NOT NULL,
    times       INT           NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, message_id, kind),
    KEY ix_message_return_customer (tenant_id, customer_id, first_at),
    KEY ix_message_return_run (tenant_id, run_id, kind),
    KEY ix_message_return_time (tenant_id, first_at),
    CONSTRAINT fk_message_return_message FOREIGN KEY (tenant_id, message_id)
        REFERENCES message (tenant_id, id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
