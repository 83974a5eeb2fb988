-- The copy that counts read is made anew in another order: until then they read the tables.
UPDATE /* all tenants */ segment_upkeep SET basis_complete = FALSE;
