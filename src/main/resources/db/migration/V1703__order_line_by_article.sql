ALTER TABLE order_line
    ALTER COLUMN article_id DROP DEFAULT,
    ADD KEY ix_order_line_article (tenant_id, article_id, counted, ordered_at, customer_id);
