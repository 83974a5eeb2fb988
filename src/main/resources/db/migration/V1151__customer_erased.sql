-- When somebody was erased: nothing else of their own is in the row then. It stays so that orders, vouchers and mails of
-- the business's figures keep their number.
ALTER TABLE customer ADD COLUMN erased_at DATETIME(6) NULL, ADD KEY ix_customer_erased (tenant_id, erased_at);
