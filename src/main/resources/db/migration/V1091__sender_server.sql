-- A business's own mail server; without a row its mails go over the installation's. secret: the password, encrypted for
-- this tenant. revision: counted up by each change, so that every node notices. test_*: what came of the last test of
-- these very settings.
CREATE TABLE sender_server (
    tenant_id   BIGINT          NOT NULL PRIMARY KEY,
    revision    BIGINT          NOT NULL,
    in_use      BOOLEAN         NOT NULL,
    host        VARCHAR(253)    NOT NULL,
    port        INT             NOT NULL,
    encryption  VARCHAR(10)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    username    VARCHAR(254)    NULL,
    secret      VARBINARY(2500) NULL,
    changed_at  DATETIME(6)     NOT NULL,
    tested_at   DATETIME(6)     NULL,
    test_result VARCHAR(30)     CHARACTER SET ascii COLLATE ascii_bin NULL,
    test_detail VARCHAR(500)    NULL,
    CONSTRAINT fk_sender_server_business FOREIGN KEY (tenant_id) REFERENCES business (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
