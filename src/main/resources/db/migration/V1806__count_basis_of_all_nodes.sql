-- Once more, if a node of the version before had made the copy complete in between.
UPDATE /* all tenants */ segment_upkeep SET basis_complete = FALSE;
