-- Which connections to this server belong to which node, so that the others can close those of a node that has fallen
-- silent: what it had locked would stay locked as long as its machine is paused. Ids of connections begin anew when the
-- server starts; with the place they come from (host and port) they name one connection.
CREATE TABLE delivery_connection (
    connection_id BIGINT       NOT NULL PRIMARY KEY,
    node          BIGINT       NOT NULL,
    host          VARCHAR(300) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    opened_at     DATETIME(6)  NOT NULL,
    KEY ix_delivery_connection_node (node)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
