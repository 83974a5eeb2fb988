-- This installation: one row. identity and epoch are known to the nodes too, in a file outside the database; epoch only
-- grows. A database whose epoch lies behind a node's, or whose identity a node does not know, was restored or copied:
-- it is locked until an operator unlocks it. accepts: the identity before the last unlocking.
CREATE TABLE installation (
    id          TINYINT      NOT NULL PRIMARY KEY,
    identity    CHAR(36)     CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    accepts     CHAR(36)     CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    epoch       BIGINT       NOT NULL,
    seen_at     DATETIME(6)  NOT NULL,
    lock_reason VARCHAR(500) NULL,
    locked_at   DATETIME(6)  NULL,
    changed_by  VARCHAR(254) NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
