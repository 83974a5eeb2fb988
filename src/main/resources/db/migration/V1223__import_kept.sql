-- What undoing an import left as it is, and why: the first 10,000. kind: CUSTOMER, ORDER. record_id: its id here, without
-- a name, so that nothing in it outlives an erasure.
CREATE TABLE import_kept (
    tenant_id BIGINT      NOT NULL,
    job_id    BIGINT      NOT NULL,
    position  INT         NOT NULL,
    kind      VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    record_id BIGINT      NOT NULL,
    reason    VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    PRIMARY KEY (tenant_id, job_id, position),
    CONSTRAINT fk_import_kept_undo FOREIGN KEY (tenant_id, job_id)
        REFERENCES import_undo (tenant_id, job_id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
