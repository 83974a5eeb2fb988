-- Keys made by the installation itself where the configuration gives none.
CREATE TABLE installation_secret (
    name       VARCHAR(40)   CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL PRIMARY KEY,
    value      VARBINARY(64) NOT NULL,
    created_at DATETIME(6)   NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
