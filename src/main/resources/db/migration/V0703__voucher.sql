-- One voucher for each customer of a promotion. code: 8 characters of Crockford's base32 and a check character,
-- without separators. order_amount: what the till gave, net, in the tenant's currency. cost: what the offer cost then.
CREATE TABLE voucher (
    tenant_id    BIGINT         NOT NULL,
    id           BIGINT         NOT NULL,
    promotion_id BIGINT         NOT NULL,
    customer_id  BIGINT         NOT NULL,
    code         CHAR(9)        CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    issued_at    DATETIME(6)    NOT NULL,
    redeemed_at  DATETIME(6)    NULL,
    redeemed_by  VARCHAR(120)   NULL,
    order_amount DECIMAL(16, 4) NULL,
    cost         DECIMAL(16, 4) NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY uk_voucher_code (tenant_id, code),
    UNIQUE KEY uk_voucher_customer (tenant_id, promotion_id, customer_id),
    KEY ix_voucher_customer (tenant_id, customer_id),
    KEY ix_voucher_redeemed (tenant_id, promotion_id, redeemed_at),
    CONSTRAINT fk_voucher_promotion FOREIGN KEY (tenant_id, promotion_id) REFERENCES promotion (tenant_id, id),
    CONSTRAINT fk_voucher_customer FOREIGN KEY (tenant_id, customer_id)
        REFERENCES customer (tenant_id, id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
