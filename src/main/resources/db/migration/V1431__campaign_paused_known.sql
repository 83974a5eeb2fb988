UPDATE /* all tenants */ campaign SET left_paused = 0 WHERE audience IS NOT NULL;
