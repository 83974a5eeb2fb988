-- The made-up customers and orders that a new business looks around with, until they are removed. The two imports that
-- bring them are undone to take them away; 0: being begun.
CREATE TABLE sample_shop (
    tenant_id        BIGINT      NOT NULL PRIMARY KEY,
    customers_import BIGINT      NULL,
    orders_import    BIGINT      NULL,
    leaving          BOOLEAN     NOT NULL DEFAULT FALSE,
    begun_at         DATETIME(6) NOT NULL,
    CONSTRAINT fk_sample_shop_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
