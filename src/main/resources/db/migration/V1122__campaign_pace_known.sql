UPDATE /* all tenants */ campaign SET left_frequency = 0, quiet_later = 0 WHERE audience IS NOT NULL;
