-- Nodes of the console as they say themselves each quarter of a minute; one that ends takes its row away.
CREATE TABLE console_node (
    id           BIGINT       NOT NULL,
    host         VARCHAR(100) NOT NULL,
    pid          BIGINT       NOT NULL,
    version      VARCHAR(40)  NOT NULL,
    started_at   DATETIME(6)  NOT NULL,
    seen_at      DATETIME(6)  NOT NULL,
    clock_ms     BIGINT       NOT NULL,
    answer_us    BIGINT       NOT NULL,
    pool_busy    INT          NOT NULL,
    pool_most    INT          NOT NULL,
    pool_waiting INT          NOT NULL,
    disk_free    BIGINT       NOT NULL,
    disk_size    BIGINT       NOT NULL,
    heap_used    BIGINT       NOT NULL,
    heap_most    BIGINT       NOT NULL,
    PRIMARY KEY (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
