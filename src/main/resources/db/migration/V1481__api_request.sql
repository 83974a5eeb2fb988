-- Requests that named themselves (Idempotency-Key), with the answer they got, so that the same one asked again gets the
-- same answer and does nothing. name_hash: SHA-256 of the name. Rows go after a day. status is null until the request was
-- answered, in the same transaction as what it did.
CREATE TABLE api_request (
    tenant_id    BIGINT       NOT NULL,
    name_hash    BINARY(32)   NOT NULL,
    request_hash BINARY(32)   NOT NULL,
    at           DATETIME(6)  NOT NULL,
    status       SMALLINT     NULL,
    content_type VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    location     VARCHAR(300) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    body         MEDIUMBLOB   NULL,
    customer_id  BIGINT       NULL,
    PRIMARY KEY (tenant_id, name_hash),
    KEY ix_api_request_customer (tenant_id, customer_id),
    KEY ix_api_request_at (at),
    CONSTRAINT fk_api_request_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
