-- The links of a run's mails: redirects go only to these. link is made from the address (see TrackedLinks), so that
-- nodes agree on it without asking.
CREATE TABLE run_link (
    tenant_id BIGINT        NOT NULL,
    run_id    BIGINT        NOT NULL,
    link      BIGINT        NOT NULL,
    url       VARCHAR(4000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    PRIMARY KEY (tenant_id, run_id, link),
    CONSTRAINT fk_run_link_run FOREIGN KEY (tenant_id, run_id) REFERENCES delivery_run (tenant_id, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
