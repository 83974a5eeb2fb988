-- When its unredeemed vouchers lapsed; nothing while they are good, or not all of them are marked.
ALTER TABLE promotion ADD COLUMN lapsed_at DATETIME(6) NULL;
