-- Who came onto the suppression list and who was taken off it, when, why and by whom. change_kind: ADDED or LIFTED.
-- customer_id: who had the address then, where somebody had.
CREATE TABLE suppression_change (
    tenant_id   BIGINT        NOT NULL,
    id          BIGINT        NOT NULL,
    email_hash  BINARY(32)    NOT NULL,
    customer_id BIGINT        NULL,
    change_kind VARCHAR(10)   CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    reason      VARCHAR(20)   CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    note        VARCHAR(1000) NULL,
    by_name     VARCHAR(120)  NOT NULL,
    at          DATETIME(6)   NOT NULL,
    PRIMARY KEY (tenant_id, id),
    KEY ix_suppression_change_customer (tenant_id, customer_id, at),
    KEY ix_suppression_change_hash (tenant_id, email_hash, at),
    CONSTRAINT fk_suppression_change_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
