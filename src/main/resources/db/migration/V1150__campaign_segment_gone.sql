-- Whether a segment that this campaign named has been deleted after the campaign was over: a copy of it would then mail
-- other people.
ALTER TABLE campaign ADD COLUMN segment_gone BOOLEAN NOT NULL DEFAULT FALSE;
