-- No promotion can point at another business's template.
ALTER TABLE promotion
    ADD CONSTRAINT fk_promotion_announce_template FOREIGN KEY (tenant_id, announce_template) REFERENCES mail_template (tenant_id, id),
    ADD CONSTRAINT fk_promotion_thank_template FOREIGN KEY (tenant_id, thank_template) REFERENCES mail_template (tenant_id, id);
