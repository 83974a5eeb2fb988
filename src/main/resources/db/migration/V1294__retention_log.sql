-- What was removed because its time was over: how many of what, older than when. Nothing tells who it was about.
CREATE TABLE retention_log (
    tenant_id BIGINT      NOT NULL,
    id        BIGINT      NOT NULL,
    kind      VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    cutoff    DATETIME(6) NOT NULL,
    removed   BIGINT      NOT NULL,
    at        DATETIME(6) NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_retention_log_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
