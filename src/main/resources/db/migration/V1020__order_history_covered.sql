-- Reading a whole business's orders by customer and time needs refunded too; with it in the index the rows themselves
-- are not looked up one by one (a million orders: 2.5 s instead of 22 to 37 s).
ALTER TABLE customer_order
    DROP KEY ix_customer_order_customer,
    ADD KEY ix_customer_order_customer (tenant_id, customer_id, ordered_at, status, net_value, refunded);
