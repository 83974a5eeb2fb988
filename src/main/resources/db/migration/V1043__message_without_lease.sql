-- Leases are those of claims.
ALTER TABLE message DROP COLUMN lease_until;
