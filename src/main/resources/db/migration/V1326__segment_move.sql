-- Who entered or left a segment. pass: the time-ordered id of the look that found it; cause: CHANGE (of aspects), TIME, RULE.
-- flipped, perhaps: bits of the rule's conditions, in the order of the rule, that turned for certain or possibly.
CREATE TABLE segment_move (
    tenant_id    BIGINT      NOT NULL,
    segment_id   BIGINT      NOT NULL,
    pass         BIGINT      NOT NULL,
    customer_id  BIGINT      NOT NULL,
    at           DATETIME(6) NOT NULL,
    entered      BOOLEAN     NOT NULL,
    cause        VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    aspects      BIGINT      NOT NULL DEFAULT 0,
    flipped      BIGINT      NOT NULL DEFAULT 0,
    perhaps      BIGINT      NOT NULL DEFAULT 0,
    rule_version INT         NOT NULL,
    PRIMARY KEY (tenant_id, segment_id, pass, customer_id),
    KEY ix_segment_move_customer (tenant_id, customer_id, pass)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
