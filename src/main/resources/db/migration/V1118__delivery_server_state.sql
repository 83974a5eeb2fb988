-- How each node finds each mail server: failures in a row (0: it answers), what it said last, and when.
CREATE TABLE delivery_server_state (
    server    VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    node      BIGINT       NOT NULL,
    reachable BOOLEAN      NOT NULL,
    detail    VARCHAR(500) NULL,
    since     DATETIME(6)  NOT NULL,
    PRIMARY KEY (server, node)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
