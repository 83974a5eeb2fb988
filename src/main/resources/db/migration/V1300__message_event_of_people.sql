-- Segments ask who opened or clicked in some time: read from this index alone, without the rows.
ALTER TABLE message_event
    ADD KEY ix_message_event_kind (tenant_id, kind, verdict, at, customer_id, message_id);
