-- What was removed of businesses that are no more, for the operator: none of their data but the name.
CREATE TABLE business_removed (
    id          BIGINT       NOT NULL PRIMARY KEY,
    business_id BIGINT       NOT NULL,
    name        VARCHAR(120) NOT NULL,
    asked_by    VARCHAR(120) NULL,
    removed_at  DATETIME(6)  NOT NULL,
    row_count   BIGINT       NOT NULL,
    -- Rows by table, a JSON object.
    tables      TEXT         NOT NULL,
    people      INT          NOT NULL,
    UNIQUE KEY uk_business_removed (business_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
