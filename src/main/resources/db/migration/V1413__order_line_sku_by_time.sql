-- As ix_order_line_product, where a product is named by its number.
ALTER TABLE order_line ADD KEY ix_order_line_sku (tenant_id, sku, ordered_at, customer_id);
