-- Each node looks every ten seconds for imports whose node is gone, and figures count those that are not over.
CREATE INDEX ix_import_job_state ON import_job (state, beat_at);
