-- Of whom something holds, 64 customers a word, a bit each: everybody (who was not erased), who agreed to a topic or does no
-- longer, whose address is suppressed and why. Made from count_basis in the transaction that changes it. Decision 0316.
CREATE TABLE count_word (
    tenant_id BIGINT          NOT NULL,
    kind      VARCHAR(10)     CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    value     VARCHAR(100)    CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    word      BIGINT          NOT NULL,
    bits      BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (tenant_id, kind, value, word),
    KEY ix_count_word_word (tenant_id, word)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
