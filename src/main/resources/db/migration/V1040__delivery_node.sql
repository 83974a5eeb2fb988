-- The nodes that send. beat counts up while a node lives; the others watch it by their own clocks' passing, so that it
-- does not matter what any clock shows. seen_at is for people to read.
CREATE TABLE delivery_node (
    id         BIGINT       NOT NULL PRIMARY KEY,
    host       VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    pid        BIGINT       NOT NULL,
    beat       BIGINT       NOT NULL,
    started_at DATETIME(6)  NOT NULL,
    seen_at    DATETIME(6)  NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
