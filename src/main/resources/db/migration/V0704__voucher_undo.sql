-- Redemptions that were taken back, kept as evidence.
CREATE TABLE voucher_undo (
    tenant_id    BIGINT         NOT NULL,
    id           BIGINT         NOT NULL,
    voucher_id   BIGINT         NOT NULL,
    redeemed_at  DATETIME(6)    NOT NULL,
    redeemed_by  VARCHAR(120)   NOT NULL,
    order_amount DECIMAL(16, 4) NULL,
    cost         DECIMAL(16, 4) NOT NULL,
    undone_at    DATETIME(6)    NOT NULL,
    undone_by    VARCHAR(120)   NOT NULL,
    PRIMARY KEY (tenant_id, id),
    KEY ix_voucher_undo_voucher (tenant_id, voucher_id),
    CONSTRAINT fk_voucher_undo_voucher FOREIGN KEY (tenant_id, voucher_id)
        REFERENCES voucher (tenant_id, id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
