-- Permits taken: one row for each limit (scope T: the business, S:domain: a sending domain; span MINUTE, HOUR, DAY), of
-- its latest window only, so the table does not grow.
CREATE TABLE pace_counter (
    tenant_id    BIGINT       NOT NULL,
    scope        VARCHAR(260) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    span         VARCHAR(8)   CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    window_start DATETIME(6)  NOT NULL,
    used         INT          NOT NULL,
    PRIMARY KEY (tenant_id, scope, span),
    CONSTRAINT fk_pace_counter_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
