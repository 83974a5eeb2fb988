-- Deeds on many customers at once. action and detail (a tag, the name of an attribute or a topic) are for reading; what
-- to do is known to the node that runs the job alone, so a job whose beat stopped is INTERRUPTED and has to be begun
-- again. state: QUEUED, RUNNING, DONE, FAILED, STOPPED, INTERRUPTED.
CREATE TABLE bulk_job (
    tenant_id   BIGINT       NOT NULL,
    id          BIGINT       NOT NULL,
    action      VARCHAR(20)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    detail      VARCHAR(200) NOT NULL,
    state       VARCHAR(20)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    total       BIGINT       NOT NULL,
    done        BIGINT       NOT NULL DEFAULT 0,
    changed     BIGINT       NOT NULL DEFAULT 0,
    by_name     VARCHAR(120) NOT NULL,
    queued_at   DATETIME(6)  NOT NULL,
    beat_at     DATETIME(6)  NOT NULL,
    finished_at DATETIME(6)  NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_bulk_job_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
