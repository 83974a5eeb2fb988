CREATE TABLE membership (
    tenant_id  BIGINT      NOT NULL,
    account_id BIGINT      NOT NULL,
    role       VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    PRIMARY KEY (tenant_id, account_id),
    KEY ix_membership_account (account_id),
    CONSTRAINT fk_membership_business FOREIGN KEY (tenant_id) REFERENCES business (id),
    CONSTRAINT fk_membership_account FOREIGN KEY (account_id) REFERENCES staff_account (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
