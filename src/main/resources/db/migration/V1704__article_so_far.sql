INSERT INTO article (tenant_id, id, sku, product, category)
SELECT /* all tenants */ tenant_id, article_id, MIN(sku), MIN(product), MIN(category) FROM order_line GROUP BY tenant_id, article_id;
