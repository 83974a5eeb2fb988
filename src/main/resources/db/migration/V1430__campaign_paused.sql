-- Left out because they paused mails on their preference page.
ALTER TABLE campaign ADD COLUMN left_paused BIGINT NULL AFTER left_topic;
