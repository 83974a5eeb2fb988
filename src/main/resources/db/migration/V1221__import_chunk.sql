-- One row for each chunk of an import, written in the chunk's own transaction: where the import stands, and how it is
-- undone. rows_to: rows of the file read so far. Customers and orders made by the chunk have ids in these ranges (their
-- ids are made in blocks). state: what reading on needs to know and the file does not tell. journal: what changed rows
-- were before and after, compressed; swept away when the import can no longer be undone.
CREATE TABLE import_chunk (
    tenant_id      BIGINT     NOT NULL,
    job_id         BIGINT     NOT NULL,
    chunk_no       INT        NOT NULL,
    rows_to        BIGINT     NOT NULL,
    customers_from BIGINT     NOT NULL DEFAULT 0,
    customers_to   BIGINT     NOT NULL DEFAULT 0,
    orders_from    BIGINT     NOT NULL DEFAULT 0,
    orders_to      BIGINT     NOT NULL DEFAULT 0,
    state          MEDIUMBLOB NULL,
    journal        LONGBLOB   NULL,
    undone         BOOLEAN    NOT NULL DEFAULT FALSE,
    PRIMARY KEY (tenant_id, job_id, chunk_no),
    CONSTRAINT fk_import_chunk_job FOREIGN KEY (tenant_id, job_id)
        REFERENCES import_job (tenant_id, id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
