-- Which node looks after a business's segments, one at a time; a claim past claimed_until is nobody's. nightly_on: the last day
-- of the business for which the pass of the passing of time was asked for.
CREATE TABLE segment_upkeep (
    tenant_id     BIGINT      NOT NULL,
    claimed_by    VARCHAR(60) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    claimed_until DATETIME(6) NULL,
    nightly_on    DATE        NULL,
    PRIMARY KEY (tenant_id),
    CONSTRAINT fk_segment_upkeep_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
