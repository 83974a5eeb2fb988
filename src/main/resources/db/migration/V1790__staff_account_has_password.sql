-- Who accepted an invitation by a provider has a hash of nothing that anybody knows, until they choose a password by mail. Of
-- accounts older than this column that is not known: they count as having one.
ALTER TABLE staff_account ADD COLUMN has_password BOOLEAN NOT NULL DEFAULT TRUE;
