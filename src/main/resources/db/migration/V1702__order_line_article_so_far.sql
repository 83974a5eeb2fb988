UPDATE /* all tenants */ order_line
SET article_id = CAST(CONV(LEFT(SHA2(CONCAT_WS('|', COALESCE(CHAR_LENGTH(sku), -1), CHAR_LENGTH(product), COALESCE(sku, ''), product,
    COALESCE(category, '')), 256), 15), 16, 10) AS SIGNED);
