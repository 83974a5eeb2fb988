-- Who is in a segment, as last looked at. No foreign keys: each row of a first fill of a million would lock the segment,
-- and its customer, which imports write. Who takes a segment away takes its members away.
CREATE TABLE segment_member (
    tenant_id   BIGINT      NOT NULL,
    segment_id  BIGINT      NOT NULL,
    customer_id BIGINT      NOT NULL,
    entered_at  DATETIME(6) NOT NULL,
    PRIMARY KEY (tenant_id, segment_id, customer_id),
    KEY ix_segment_member_customer (tenant_id, customer_id, segment_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
