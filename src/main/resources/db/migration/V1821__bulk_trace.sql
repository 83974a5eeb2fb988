-- What a piece of a bulk job changed, for as long as the job can be undone: a row for each thing changed, with the customers
-- and what they had before as compressed JSON. The row goes when it was undone, and in the night after seven days. subject
-- is what was changed ("tag:vip"), in the letters' collation of tags; whoever changes the same of a customer by hand takes
-- them out, so the range of the customers' ids stands beside it.
CREATE TABLE bulk_trace (
    tenant_id      BIGINT       NOT NULL,
    job_id         BIGINT       NOT NULL,
    id             BIGINT       NOT NULL,
    kind           VARCHAR(20)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    subject        VARCHAR(80)  NOT NULL,
    customers_from BIGINT       NOT NULL,
    customers_to   BIGINT       NOT NULL,
    amount         INT          NOT NULL,
    journal        MEDIUMBLOB   NOT NULL,
    PRIMARY KEY (tenant_id, job_id, id),
    KEY ix_bulk_trace_subject (tenant_id, subject, customers_from),
    CONSTRAINT fk_bulk_trace_job FOREIGN KEY (tenant_id, job_id) REFERENCES bulk_job (tenant_id, id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
