-- What a policy of an import does: rows passed over, and stored values that blank cells delete.
ALTER TABLE import_job
    ADD COLUMN skipped BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN cleared BIGINT NOT NULL DEFAULT 0;
