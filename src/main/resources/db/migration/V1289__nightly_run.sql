-- What was done for a business in one of its nights, once: whoever writes the row does it. A row whose beat stopped before
-- it was finished is taken over.
CREATE TABLE nightly_run (
    tenant_id   BIGINT      NOT NULL,
    task        VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    night       DATE        NOT NULL,
    started_at  DATETIME(6) NOT NULL,
    beat_at     DATETIME(6) NOT NULL,
    finished_at DATETIME(6) NULL,
    PRIMARY KEY (tenant_id, task, night),
    CONSTRAINT fk_nightly_run_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
