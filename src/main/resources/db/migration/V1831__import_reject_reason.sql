-- How many rows of a piece of rejected rows were left out for which reason: so that they are counted, and found page by page,
-- without their file being read. reason_key: of the words; column_no: of the file, from 0, -1 where the row as a whole is at
-- fault; column_name: as the file calls it, shortened.
CREATE TABLE import_reject_reason (
    tenant_id   BIGINT       NOT NULL,
    job_id      BIGINT       NOT NULL,
    part        INT          NOT NULL,
    reason_no   INT          NOT NULL,
    reason_key  VARCHAR(60)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    column_no   INT          NOT NULL,
    column_name VARCHAR(100) NOT NULL,
    row_count   INT          NOT NULL,
    PRIMARY KEY (tenant_id, job_id, part, reason_no),
    CONSTRAINT fk_import_reject_reason_piece FOREIGN KEY (tenant_id, job_id, part)
        REFERENCES import_rejected (tenant_id, job_id, part) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
