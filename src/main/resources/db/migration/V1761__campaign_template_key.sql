-- No campaign can point at another business's template.
ALTER TABLE campaign
    ADD CONSTRAINT fk_campaign_template FOREIGN KEY (tenant_id, template_id) REFERENCES mail_template (tenant_id, id);
