-- What a business sold, once for each number, name and category that stand together on a line of an order: rules find what they ask for
-- here, among thousands, and then the lines by order_line.article_id. Names that differ in case only are two articles, and both are found.
-- Rows are added before the lines that need them and stay when those go. Decision 0215.
CREATE TABLE article (
    tenant_id BIGINT       NOT NULL,
    id        BIGINT       NOT NULL,
    sku       VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    product   VARCHAR(200) NOT NULL,
    category  VARCHAR(100) NULL,
    PRIMARY KEY (tenant_id, id),
    KEY ix_article_category (tenant_id, category),
    KEY ix_article_product (tenant_id, product),
    KEY ix_article_sku (tenant_id, sku)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
