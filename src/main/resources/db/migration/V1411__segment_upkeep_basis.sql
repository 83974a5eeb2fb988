-- Whether count_basis holds every customer of the business, but for those whom customer_change names.
ALTER TABLE segment_upkeep ADD COLUMN basis_complete BOOLEAN NOT NULL DEFAULT FALSE;
