-- Who was put on a list, a segment of kind STATIC: what its members in segment_member are worked out from, as those of the
-- others are from rules. No foreign keys, as in segment_member: each row of a large list would lock the segment and the
-- customer. Who deletes a list takes these away; the upkeep takes those away whose customer is gone.
CREATE TABLE segment_listed (
    tenant_id   BIGINT       NOT NULL,
    segment_id  BIGINT       NOT NULL,
    customer_id BIGINT       NOT NULL,
    added_at    DATETIME(6)  NOT NULL,
    added_by    VARCHAR(120) NOT NULL,
    PRIMARY KEY (tenant_id, segment_id, customer_id),
    KEY ix_segment_listed_customer (tenant_id, customer_id, segment_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
