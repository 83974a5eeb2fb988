-- Which of the business's own roles, where role is CUSTOM.
ALTER TABLE membership
    ADD COLUMN role_id BIGINT NULL,
    ADD CONSTRAINT fk_membership_role FOREIGN KEY (tenant_id, role_id) REFERENCES staff_role (tenant_id, id);
