ALTER TABLE staff_account
    ADD COLUMN session_version INT NOT NULL DEFAULT 0;
