-- A campaign names segments of its own business only, and a segment stays while a campaign names it.
ALTER TABLE campaign_segment ADD CONSTRAINT fk_campaign_segment_segment
    FOREIGN KEY (tenant_id, segment_id) REFERENCES segment (tenant_id, id);
