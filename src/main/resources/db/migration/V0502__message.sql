-- The ledger: one message per run and customer. state: PENDING, CLAIMED, TRANSMITTING, SENT, RETRY_AT, FAILED, SKIPPED,
-- IN_DOUBT. fence is drawn anew by each claim; a worker's writes name the fence of its claim, so one that outlived its
-- lease changes nothing. changed_at is when the state was reached that ended it; events counts rows of message_event.
-- No foreign key to the customer: the ledger outlives a customer who is erased (enqueue joins the customer instead).
CREATE TABLE message (
    tenant_id        BIGINT       NOT NULL,
    id               BIGINT       NOT NULL,
    run_id           BIGINT       NOT NULL,
    customer_id      BIGINT       NOT NULL,
    email            VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    state            VARCHAR(16)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    fence            BIGINT       NOT NULL DEFAULT 0,
    lease_until      DATETIME(6)  NULL,
    attempts         INT          NOT NULL DEFAULT 0,
    first_attempt_at DATETIME(6)  NULL,
    next_attempt_at  DATETIME(6)  NULL,
    changed_at       DATETIME(6)  NULL,
    sent_at          DATETIME(6)  NULL,
    detail           VARCHAR(500) NULL,
    opened_at        DATETIME(6)  NULL,
    clicked_at       DATETIME(6)  NULL,
    bounced_at       DATETIME(6)  NULL,
    complained_at    DATETIME(6)  NULL,
    unsubscribed_at  DATETIME(6)  NULL,
    events           INT          NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY uk_message_customer (tenant_id, run_id, customer_id),
    KEY ix_message_state (tenant_id, run_id, state, id),
    KEY ix_message_of_customer (tenant_id, customer_id, id),
    CONSTRAINT fk_message_run FOREIGN KEY (tenant_id, run_id) REFERENCES delivery_run (tenant_id, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
