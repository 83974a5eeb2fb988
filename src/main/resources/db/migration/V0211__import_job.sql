-- Imports in the background. state: QUEUED, RUNNING, DONE, FAILED, INTERRUPTED. beat_at moves while a node works on
-- the job; a running job whose beat stopped was interrupted.
CREATE TABLE import_job (
    tenant_id         BIGINT       NOT NULL,
    id                BIGINT       NOT NULL,
    kind              VARCHAR(20)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    state             VARCHAR(20)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    source            VARCHAR(255) NOT NULL,
    dry_run           BOOLEAN      NOT NULL,
    bytes_total       BIGINT       NOT NULL,
    bytes_done        BIGINT       NOT NULL DEFAULT 0,
    rows_read         BIGINT       NOT NULL DEFAULT 0,
    created           BIGINT       NOT NULL DEFAULT 0,
    updated           BIGINT       NOT NULL DEFAULT 0,
    unchanged         BIGINT       NOT NULL DEFAULT 0,
    rejected          BIGINT       NOT NULL DEFAULT 0,
    customers_created BIGINT       NOT NULL DEFAULT 0,
    message           VARCHAR(500) NULL,
    started_by        VARCHAR(120) NOT NULL,
    queued_at         DATETIME(6)  NOT NULL,
    beat_at           DATETIME(6)  NOT NULL,
    finished_at       DATETIME(6)  NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_import_job_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
