-- The size of a segment at the end of a day of the business (today: so far), and who came and went on it.
CREATE TABLE segment_size (
    tenant_id  BIGINT NOT NULL,
    segment_id BIGINT NOT NULL,
    day        DATE   NOT NULL,
    members    BIGINT NOT NULL,
    entered    BIGINT NOT NULL DEFAULT 0,
    gone       BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, segment_id, day),
    CONSTRAINT fk_segment_size_segment FOREIGN KEY (tenant_id, segment_id) REFERENCES segment (tenant_id, id)
        ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
