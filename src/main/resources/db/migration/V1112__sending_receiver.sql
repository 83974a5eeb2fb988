-- How many mails an hour a business sends to a group of receiving domains ("gmail", "rest").
CREATE TABLE sending_receiver (
    tenant_id BIGINT      NOT NULL,
    receiver  VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    per_hour  INT         NOT NULL,
    PRIMARY KEY (tenant_id, receiver),
    CONSTRAINT fk_sending_receiver_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
