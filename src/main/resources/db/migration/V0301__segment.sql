-- document: {"version":1,"rule":{...}}. version counts changes, so that nobody overwrites another's work unseen.
CREATE TABLE segment (
    tenant_id  BIGINT       NOT NULL,
    id         BIGINT       NOT NULL,
    name       VARCHAR(120) NOT NULL,
    document   MEDIUMTEXT   NOT NULL,
    created_at DATETIME(6)  NOT NULL,
    updated_at DATETIME(6)  NOT NULL,
    version    INT          NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY uk_segment_name (tenant_id, name),
    CONSTRAINT fk_segment_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
