-- Whether everybody who works here must sign in with a second factor.
ALTER TABLE business
    ADD COLUMN second_factor BOOLEAN NOT NULL DEFAULT FALSE;
