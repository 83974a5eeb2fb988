-- Lines that count are all but those of the few orders that don't: cancelled, given back, free. These are found here.
ALTER TABLE customer_order ADD KEY ix_customer_order_status (tenant_id, status, net_value);
