-- The sessions that are open, on whichever node: one without a row here ends at its next request. second_factor: whether the person
-- showed two.
CREATE TABLE staff_session (
    id            BIGINT       NOT NULL PRIMARY KEY,
    account_id    BIGINT       NOT NULL,
    begun_at      DATETIME(6)  NOT NULL,
    seen_at       DATETIME(6)  NOT NULL,
    address       VARCHAR(45)  NOT NULL,
    agent         VARCHAR(300) NOT NULL,
    second_factor BOOLEAN      NOT NULL,
    KEY ix_staff_session_account (account_id, seen_at),
    KEY ix_staff_session_seen (seen_at),
    CONSTRAINT fk_staff_session_account FOREIGN KEY (account_id) REFERENCES staff_account (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
