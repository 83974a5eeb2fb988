-- Into whom a customer was merged. The row stays (erased_at is set, so that nothing shows or mails it): it holds the shop's
-- number and address by which files still name it, and all that is needed to take the merge back.
ALTER TABLE customer ADD COLUMN merged_into BIGINT NULL, ADD KEY ix_customer_merged (tenant_id, merged_into);
