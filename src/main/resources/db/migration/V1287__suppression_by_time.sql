-- The list is read by time, the latest first, of all reasons or of one.
ALTER TABLE suppression ADD KEY ix_suppression_at (tenant_id, at), ADD KEY ix_suppression_reason (tenant_id, reason, at);
