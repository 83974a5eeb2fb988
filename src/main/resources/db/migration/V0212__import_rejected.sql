-- The rows an import left out, as pieces of a UTF-8 CSV file to download, so that any node can serve it.
CREATE TABLE import_rejected (
    tenant_id BIGINT     NOT NULL,
    job_id    BIGINT     NOT NULL,
    part      INT        NOT NULL,
    content   MEDIUMBLOB NOT NULL,
    PRIMARY KEY (tenant_id, job_id, part),
    CONSTRAINT fk_import_rejected_job FOREIGN KEY (tenant_id, job_id)
        REFERENCES import_job (tenant_id, id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
