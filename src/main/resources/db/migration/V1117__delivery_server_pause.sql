-- Mail servers that the operator keeps from being used, by the key that nodes know them by.
CREATE TABLE delivery_server_pause (
    server    VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL PRIMARY KEY,
    reason    VARCHAR(300) NOT NULL,
    paused_by VARCHAR(254) NOT NULL,
    paused_at DATETIME(6)  NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
