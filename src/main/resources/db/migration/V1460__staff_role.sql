-- Roles that a business made itself; the built-in ones are in the program.
CREATE TABLE staff_role (
    tenant_id   BIGINT        NOT NULL,
    id          BIGINT        NOT NULL,
    name        VARCHAR(60)   NOT NULL,
    description VARCHAR(300)  NULL,
    -- The authorities with commas between. One that the program no longer knows gives nothing.
    permissions VARCHAR(2000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    created_at  DATETIME(6)   NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY uk_staff_role_name (tenant_id, name),
    CONSTRAINT fk_staff_role_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
