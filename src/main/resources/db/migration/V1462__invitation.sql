-- Who is invited and has not answered. A row goes when the invitation is accepted or withdrawn; the audit log remembers.
CREATE TABLE invitation (
    tenant_id       BIGINT       NOT NULL,
    id              BIGINT       NOT NULL,
    email           VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    role            VARCHAR(20)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    role_id         BIGINT       NULL,
    -- Of the token in the mail's link (SHA-256); the token itself is kept nowhere.
    token_hash      BINARY(32)   NOT NULL,
    invited_by_name VARCHAR(120) NOT NULL,
    mailed_at       DATETIME(6)  NOT NULL,
    expires_at      DATETIME(6)  NOT NULL,
    -- WAITING, TAKEN (by the mail server) or FAILED.
    mail_state      VARCHAR(10)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    mail_error      VARCHAR(300) NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY uk_invitation_email (tenant_id, email),
    CONSTRAINT fk_invitation_business FOREIGN KEY (tenant_id) REFERENCES business (id),
    CONSTRAINT fk_invitation_role FOREIGN KEY (tenant_id, role_id) REFERENCES staff_role (tenant_id, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
