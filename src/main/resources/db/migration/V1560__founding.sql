-- Links mailed to those who want to found a business. There is no business and no person before the link is used; what is
-- older than a day is deleted, used or not. token_hash: SHA-256 of what stands in the link.
CREATE TABLE founding (
    token_hash BINARY(32)   NOT NULL PRIMARY KEY,
    email      VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    locale     VARCHAR(35)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    created_at DATETIME(6)  NOT NULL,
    used_at    DATETIME(6)  NULL,
    KEY ix_founding_email (email, created_at),
    KEY ix_founding_created (created_at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
