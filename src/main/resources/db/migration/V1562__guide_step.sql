-- What became of each step of the guide: DONE or SKIPPED.
CREATE TABLE guide_step (
    tenant_id BIGINT      NOT NULL,
    step      VARCHAR(30) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    outcome   VARCHAR(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    at        DATETIME(6) NOT NULL,
    PRIMARY KEY (tenant_id, step),
    CONSTRAINT fk_guide_step_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
