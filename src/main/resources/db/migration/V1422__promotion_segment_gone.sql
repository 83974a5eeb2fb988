-- Whether a segment that this promotion named has been deleted while it was a draft or over: until it is said anew whom it
-- is for, it would be for other people.
ALTER TABLE promotion ADD COLUMN segment_gone BOOLEAN NOT NULL DEFAULT FALSE;
