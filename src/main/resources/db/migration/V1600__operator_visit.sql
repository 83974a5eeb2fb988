-- An operator was inside a business that is not theirs: why, how far, until when. A business of its own reads it in its audit log.
CREATE TABLE operator_visit (
    tenant_id  BIGINT       NOT NULL,
    id         BIGINT       NOT NULL,
    account_id BIGINT       NOT NULL,
    home       BIGINT       NOT NULL,
    who        VARCHAR(120) NOT NULL,
    reason     VARCHAR(500) NOT NULL,
    may_write  BOOLEAN      NOT NULL,
    begun_at   DATETIME(6)  NOT NULL,
    ends_at    DATETIME(6)  NOT NULL,
    ended_at   DATETIME(6),
    ended_why  VARCHAR(20)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    PRIMARY KEY (tenant_id, id),
    KEY ix_operator_visit_open (ended_at, ends_at),
    CONSTRAINT fk_operator_visit_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
