-- What happened, as it is told: written with the change itself. customer_id: whom alone it is about; then it goes with them.
CREATE TABLE webhook_event (
    tenant_id   BIGINT      NOT NULL,
    id          BIGINT      NOT NULL,
    type        VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    customer_id BIGINT      NULL,
    at          DATETIME(6) NOT NULL,
    payload     MEDIUMTEXT  NOT NULL,
    PRIMARY KEY (tenant_id, id),
    KEY ix_webhook_event_customer (tenant_id, customer_id),
    KEY ix_webhook_event_at (at),
    CONSTRAINT fk_webhook_event_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
