CREATE INDEX ix_audit_entry_visit ON audit_entry (tenant_id, visit_id, id);
