-- Rules ask for a category within some time: its recent lines lie together instead of apart by customer.
ALTER TABLE order_line
    DROP KEY ix_order_line_category,
    ADD KEY ix_order_line_category (tenant_id, category, ordered_at, customer_id);
