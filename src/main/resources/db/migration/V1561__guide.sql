-- The guide of who founded a business: there is a row once it was begun. left_at: its founder is through, or would rather do
-- without. checklist_gone_at: Home shows the first steps no more.
CREATE TABLE guide (
    tenant_id         BIGINT      NOT NULL PRIMARY KEY,
    begun_at          DATETIME(6) NOT NULL,
    left_at           DATETIME(6) NULL,
    checklist_gone_at DATETIME(6) NULL,
    CONSTRAINT fk_guide_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
