-- Small numbers for businesses, so that signed links are short. Given once, never used again; no key to the business, as
-- links outlive it.
CREATE TABLE tenant_number (
    tenant_id BIGINT NOT NULL PRIMARY KEY,
    number    BIGINT NOT NULL AUTO_INCREMENT,
    UNIQUE KEY uk_tenant_number (number)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
