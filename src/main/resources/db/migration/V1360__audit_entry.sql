-- Who did what. Rows are only ever added: nothing in the product changes or deletes one (AuditLogTest looks).
-- changes: [{"field":"...","before":"...","after":"..."}]
CREATE TABLE audit_entry (
    tenant_id    BIGINT       NOT NULL,
    id           BIGINT       NOT NULL,
    at           DATETIME(6)  NOT NULL,
    actor_id     BIGINT,
    actor_name   VARCHAR(120) NOT NULL,
    deed         VARCHAR(60)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    subject_id   VARCHAR(40)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    subject_name VARCHAR(200),
    changes      MEDIUMTEXT,
    origin       VARCHAR(45),
    PRIMARY KEY (tenant_id, id),
    KEY ix_audit_entry_actor (tenant_id, actor_id, id),
    KEY ix_audit_entry_deed (tenant_id, deed, id),
    KEY ix_audit_entry_subject (tenant_id, subject_id, id),
    CONSTRAINT fk_audit_entry_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
