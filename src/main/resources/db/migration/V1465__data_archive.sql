-- Exports of everything that a business owns, made in the background and kept for a week.
CREATE TABLE data_archive (
    tenant_id   BIGINT       NOT NULL,
    id          BIGINT       NOT NULL,
    state       VARCHAR(10)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    asked_by    VARCHAR(120) NOT NULL,
    asked_at    DATETIME(6)  NOT NULL,
    -- Of the node that makes it: lets another one begin anew when it stops.
    beat_at     DATETIME(6)  NULL,
    finished_at DATETIME(6)  NULL,
    expires_at  DATETIME(6)  NULL,
    byte_count  BIGINT       NOT NULL DEFAULT 0,
    row_count   BIGINT       NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, id),
    KEY ix_data_archive_state (state),
    CONSTRAINT fk_data_archive_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
