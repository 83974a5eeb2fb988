UPDATE /* all tenants */ delivery_run r
SET r.audience = (SELECT COUNT(*) FROM message m WHERE m.tenant_id = r.tenant_id AND m.run_id = r.id);
