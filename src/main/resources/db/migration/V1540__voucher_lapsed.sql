-- When the last day of an unredeemed voucher was over, in the business's zone: marked within minutes after it.
ALTER TABLE voucher ADD COLUMN lapsed_at DATETIME(6) NULL;
