-- How each job of the installation stands, over all nodes: the page of jobs reads it, and a pause outlives a start.
CREATE TABLE job_state (
    job           VARCHAR(80)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    node          VARCHAR(120),
    began_at      DATETIME(6),
    took_ms       BIGINT,
    runs          BIGINT       NOT NULL DEFAULT 0,
    failures      BIGINT       NOT NULL DEFAULT 0,
    ok_at         DATETIME(6),
    failed_at     DATETIME(6),
    error         VARCHAR(500),
    error_id      VARCHAR(12)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    paused_at     DATETIME(6),
    paused_by     VARCHAR(120),
    PRIMARY KEY (job)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
