-- The file in pieces of a megabyte: every node can hand it out, and it goes with the business's rows.
CREATE TABLE data_archive_part (
    tenant_id  BIGINT     NOT NULL,
    archive_id BIGINT     NOT NULL,
    number     INT        NOT NULL,
    content    MEDIUMBLOB NOT NULL,
    PRIMARY KEY (tenant_id, archive_id, number),
    CONSTRAINT fk_data_archive_part FOREIGN KEY (tenant_id, archive_id) REFERENCES data_archive (tenant_id, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
