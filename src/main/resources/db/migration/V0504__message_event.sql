-- What receivers did, raw. kind: OPEN, CLICK, UNSUBSCRIBE. verdict: who it probably was: HUMAN, PROXY, SCANNER.
CREATE TABLE message_event (
    tenant_id   BIGINT       NOT NULL,
    id          BIGINT       NOT NULL,
    message_id  BIGINT       NOT NULL,
    run_id      BIGINT       NOT NULL,
    customer_id BIGINT       NOT NULL,
    kind        VARCHAR(16)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    verdict     VARCHAR(16)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    link        BIGINT       NULL,
    at          DATETIME(6)  NOT NULL,
    user_agent  VARCHAR(300) NULL,
    PRIMARY KEY (tenant_id, id),
    KEY ix_message_event_message (tenant_id, message_id, kind),
    KEY ix_message_event_customer (tenant_id, customer_id, at),
    KEY ix_message_event_run (tenant_id, run_id, kind, verdict, link),
    CONSTRAINT fk_message_event_message FOREIGN KEY (tenant_id, message_id)
        REFERENCES message (tenant_id, id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
