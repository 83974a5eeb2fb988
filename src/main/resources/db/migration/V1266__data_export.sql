-- Who took which list out of the console, when, and how many rows of it; finished_at is missing while it runs and where
-- it broke off.
CREATE TABLE data_export (
    tenant_id   BIGINT       NOT NULL,
    id          BIGINT       NOT NULL,
    kind        VARCHAR(20)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    format      VARCHAR(10)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    rows_out    BIGINT       NOT NULL DEFAULT 0,
    by_name     VARCHAR(120) NOT NULL,
    started_at  DATETIME(6)  NOT NULL,
    finished_at DATETIME(6)  NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_data_export_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
