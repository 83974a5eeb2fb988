-- The plain-text part, where it was written by hand.
ALTER TABLE campaign_content ADD COLUMN text MEDIUMTEXT NULL AFTER mjml;
