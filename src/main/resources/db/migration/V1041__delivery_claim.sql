-- Messages that one worker holds: those in state CLAIMED with its fence. They are sent in the order of their ids; those up
-- to begun_to may be on their way, which is committed before the content of the first of them goes out. When the lease has
-- ended, or its node is dead, the claim is deleted: what it had begun is in doubt then, the rest is free again.
CREATE TABLE delivery_claim (
    tenant_id   BIGINT      NOT NULL,
    fence       BIGINT      NOT NULL,
    run_id      BIGINT      NOT NULL,
    node        BIGINT      NOT NULL,
    lease_until DATETIME(6) NOT NULL,
    begun_to    BIGINT      NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, fence),
    KEY ix_delivery_claim_run (tenant_id, run_id),
    CONSTRAINT fk_delivery_claim_run FOREIGN KEY (tenant_id, run_id) REFERENCES delivery_run (tenant_id, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
