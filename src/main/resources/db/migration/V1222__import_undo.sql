-- The undoing of an import, at most once each. state: QUEUED, RUNNING, DONE, FAILED, INTERRUPTED. Each chunk is undone in
-- a transaction that marks it and counts on here, so that an interrupted undo goes on where it was.
CREATE TABLE import_undo (
    tenant_id          BIGINT       NOT NULL,
    job_id             BIGINT       NOT NULL,
    state              VARCHAR(20)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    chunks             INT          NOT NULL,
    chunks_done        INT          NOT NULL DEFAULT 0,
    customers_removed  BIGINT       NOT NULL DEFAULT 0,
    customers_restored BIGINT       NOT NULL DEFAULT 0,
    orders_removed     BIGINT       NOT NULL DEFAULT 0,
    orders_restored    BIGINT       NOT NULL DEFAULT 0,
    consents_removed   BIGINT       NOT NULL DEFAULT 0,
    tags_removed       BIGINT       NOT NULL DEFAULT 0,
    kept               BIGINT       NOT NULL DEFAULT 0,
    message            VARCHAR(500) NULL,
    started_by         VARCHAR(120) NOT NULL,
    started_at         DATETIME(6)  NOT NULL,
    beat_at            DATETIME(6)  NOT NULL,
    finished_at        DATETIME(6)  NULL,
    PRIMARY KEY (tenant_id, job_id),
    CONSTRAINT fk_import_undo_job FOREIGN KEY (tenant_id, job_id)
        REFERENCES import_job (tenant_id, id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
