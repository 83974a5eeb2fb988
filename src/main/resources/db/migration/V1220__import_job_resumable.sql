-- What a job needs to go on after its node stopped. settings: mapping and options as JSON. file_hash: SHA-256 of the
-- file, by which it is known again. begun_at: what the import takes for now, also when it goes on later. attempt: counts
-- the times the job was taken up; whoever holds an older number writes nothing any more.
-- New states: PAUSED, CANCELLED.
ALTER TABLE import_job
    ADD COLUMN settings  MEDIUMTEXT NULL,
    ADD COLUMN file_hash BINARY(32) NULL,
    ADD COLUMN begun_at  DATETIME(6) NULL,
    ADD COLUMN attempt   INT NOT NULL DEFAULT 0;
