UPDATE /* all tenants */ customer_order o STRAIGHT_JOIN order_line l ON l.tenant_id = o.tenant_id AND l.order_id = o.id
SET l.counted = FALSE
WHERE o.counted_value IS NULL;
