-- The queue of a receiving group whose limit is reached: hours since 1970 (UTC). used: sent in used_hour. tail: the hour
-- in which the next newcomer finds a place; late: the same for those whose place was taken from them.
CREATE TABLE pace_booking (
    tenant_id BIGINT      NOT NULL,
    receiver  VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    used_hour BIGINT      NOT NULL,
    used      INT         NOT NULL,
    tail_hour BIGINT      NOT NULL,
    tail_used INT         NOT NULL,
    late_hour BIGINT      NOT NULL,
    late_used INT         NOT NULL,
    PRIMARY KEY (tenant_id, receiver),
    CONSTRAINT fk_pace_booking_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
