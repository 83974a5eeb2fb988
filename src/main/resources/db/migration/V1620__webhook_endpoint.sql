-- Where a business wants to be told what happens. types: names with commas between. state: ENABLED, or why nothing is sent
-- (DISABLED by staff, FAILING for days, GONE by its own word). Secrets are sealed; the one before signs along for a while.
-- lease: drawn by the worker that has the endpoint. failures: one after the other since failing_since.
CREATE TABLE webhook_endpoint (
    tenant_id        BIGINT         NOT NULL,
    id               BIGINT         NOT NULL,
    url              VARCHAR(500)   CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    description      VARCHAR(200)   NOT NULL,
    types            VARCHAR(1000)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    state            VARCHAR(16)    CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    secret           VARBINARY(300) NOT NULL,
    old_secret       VARBINARY(300) NULL,
    old_secret_until DATETIME(6)    NULL,
    created_at       DATETIME(6)    NOT NULL,
    created_by       VARCHAR(120)   NOT NULL,
    state_at         DATETIME(6)    NOT NULL,
    failing_since    DATETIME(6)    NULL,
    failures         INT            NOT NULL DEFAULT 0,
    paused_until     DATETIME(6)    NULL,
    lease            BIGINT         NULL,
    lease_until      DATETIME(6)    NULL,
    served_at        DATETIME(6)    NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_webhook_endpoint_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
