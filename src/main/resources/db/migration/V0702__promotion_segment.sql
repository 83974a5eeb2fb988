-- Whom a promotion is for: customers of the included segments without those of the excluded. None included: everybody.
CREATE TABLE promotion_segment (
    tenant_id    BIGINT  NOT NULL,
    promotion_id BIGINT  NOT NULL,
    segment_id   BIGINT  NOT NULL,
    excluded     BOOLEAN NOT NULL,
    PRIMARY KEY (tenant_id, promotion_id, segment_id, excluded),
    KEY ix_promotion_segment_segment (tenant_id, segment_id),
    CONSTRAINT fk_promotion_segment_promotion FOREIGN KEY (tenant_id, promotion_id)
        REFERENCES promotion (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_promotion_segment_segment FOREIGN KEY (tenant_id, segment_id)
        REFERENCES segment (tenant_id, id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
