-- What an operator did inside a business says so and why, without looking anywhere else: the log outlives all it tells of.
ALTER TABLE audit_entry ADD COLUMN visit_id BIGINT, ADD COLUMN visit_reason VARCHAR(500);
