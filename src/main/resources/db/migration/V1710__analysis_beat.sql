-- One row, counted up where there is a copy of the database for analysis: whichever number the copy shows, it has
-- everything that was committed before that number was.
CREATE TABLE analysis_beat (
    id        TINYINT     NOT NULL,
    beat      BIGINT      NOT NULL,
    beaten_at DATETIME(6) NOT NULL,
    PRIMARY KEY (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
