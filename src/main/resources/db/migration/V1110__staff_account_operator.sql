-- Whether this person operates the installation. No role of a business gives it.
ALTER TABLE staff_account
    ADD COLUMN operator BOOLEAN NOT NULL DEFAULT FALSE;
