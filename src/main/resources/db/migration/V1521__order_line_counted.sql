-- Whether the line's order counts (customer_order.counted_value). Written with the order.
ALTER TABLE order_line ADD COLUMN counted BOOLEAN NOT NULL DEFAULT TRUE AFTER ordered_at;
