-- The job that this one takes back.
ALTER TABLE bulk_job
    ADD COLUMN undoes BIGINT NULL,
    ADD CONSTRAINT fk_bulk_job_undoes FOREIGN KEY (tenant_id, undoes) REFERENCES bulk_job (tenant_id, id);
