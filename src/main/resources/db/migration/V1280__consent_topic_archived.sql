-- Since when a topic is no longer offered. Consents to it stay, and mails about it can still be stopped.
ALTER TABLE consent_topic ADD COLUMN archived_at DATETIME(6) NULL;
