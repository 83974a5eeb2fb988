-- Single runs that are worth remembering: those of Quartz, those that failed, those of a second or longer. Bounded by JobJournal.
CREATE TABLE job_run (
    id       BIGINT       NOT NULL,
    job      VARCHAR(80)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    node     VARCHAR(120) NOT NULL,
    began_at DATETIME(6)  NOT NULL,
    took_ms  BIGINT       NOT NULL,
    failed   BOOLEAN      NOT NULL,
    error    VARCHAR(500),
    error_id VARCHAR(12)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    PRIMARY KEY (id),
    KEY ix_job_run_job (job, id),
    KEY ix_job_run_failed (failed, id),
    KEY ix_job_run_error (error_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
