-- Two businesses as they were when V1085 was the newest migration.
INSERT INTO business (id, name, country, locale, zone, currency, postal_address, sender_name, sender_email, created_at) VALUES
    (101, 'Old Acme', 'CZ', 'cs-CZ', 'Europe/Prague', 'CZK', 'Lipová 5, Brno', 'Acme', 'news@acme.example', '2025-01-05 10:00:00.123456'),
    (102, 'Old Globex', 'DE', 'de-DE', 'Europe/Berlin', 'EUR', NULL, NULL, NULL, '2025-02-05 10:00:00');
INSERT INTO staff_account (id, email, display_name, password_hash, enabled, created_at, session_version) VALUES
    (201, 'owner@acme.example', 'Žofie Stará', 'to be set', TRUE, '2025-01-05 10:00:00', 3),
    (202, 'owner@globex.example', 'Uwe Alt', 'to be set', TRUE, '2025-02-05 10:00:00', 0);
INSERT INTO membership (tenant_id, account_id, role) VALUES (101, 201, 'OWNER'), (102, 202, 'OWNER'), (102, 201, 'SUPPORT');
INSERT INTO customer (tenant_id, id, external_id, email, first_name, last_name, birthday, city, country, created_at, updated_at) VALUES
    (101, 301, 'A-1', 'ada@person.example', 'Ada', 'Ořechová 🌰', '1990-02-28', 'Brno', 'CZ', '2025-03-01 08:00:00', '2025-03-01 08:00:00'),
    (101, 302, 'A-2', 'bob@person.example', 'Bob', NULL, NULL, NULL, NULL, '2025-03-02 08:00:00', '2025-03-02 08:00:00'),
    (102, 301, 'A-1', 'ada@person.example', 'Ada', 'Elsewhere', NULL, 'Berlin', 'DE', '2025-03-03 08:00:00', '2025-03-03 08:00:00');
INSERT INTO customer_tag (tenant_id, customer_id, tag) VALUES (101, 301, 'vip'), (102, 301, 'vip');
INSERT INTO customer_order (tenant_id, id, customer_id, external_id, ordered_at, ordered_on, status, currency, amount, net_value, refunded) VALUES
    (101, 401, 301, 'O-1', '2025-04-01 22:30:00', '2025-04-02', 'PAID', 'CZK', 1210.5000, 1000.1234, 0),
    (101, 402, 301, 'O-2', '2025-05-01 09:00:00', '2025-05-01', 'PAID', 'CZK', 605.0000, 500.0000, 100.0000),
    (102, 401, 301, 'O-1', '2025-04-01 22:30:00', '2025-04-02', 'PAID', 'EUR', 10.0000, 8.4000, 0);
INSERT INTO order_line (tenant_id, order_id, line_no, customer_id, ordered_at, sku, product, category, quantity, net_value) VALUES
    (101, 401, 1, 301, '2025-04-01 22:30:00', 'S-1', 'Káva', 'Coffee', 2.000, 1000.1234),
    (102, 401, 1, 301, '2025-04-01 22:30:00', 'S-1', 'Kaffee', NULL, 1.000, 8.4000);
INSERT INTO customer_summary (tenant_id, customer_id, orders, order_days, first_order_at, last_order_at, value) VALUES
    (101, 301, 2, 2, '2025-04-01 22:30:00', '2025-05-01 09:00:00', 1400.1234),
    (101, 302, 0, 0, NULL, NULL, 0),
    (102, 301, 1, 1, '2025-04-01 22:30:00', '2025-04-01 22:30:00', 8.4000);
INSERT INTO consent_topic (tenant_id, code, name, description, position) VALUES
    (101, 'news', 'News', 'Once a month', 1), (102, 'news', 'Neuigkeiten', NULL, 1);
INSERT INTO consent (tenant_id, customer_id, topic, status, at, source, wording) VALUES
    (101, 301, 'news', 'GIVEN', '2025-03-01 08:00:00', 'import', 'I want news'),
    (101, 302, 'news', 'WITHDRAWN', '2025-03-05 08:00:00', 'customer', NULL),
    (102, 301, 'news', 'GIVEN', '2025-03-03 08:00:00', 'import', NULL);
INSERT INTO consent_change (tenant_id, id, customer_id, topic, status, at, source, wording) VALUES
    (101, 501, 302, 'news', 'GIVEN', '2025-03-02 08:00:00', 'import', NULL),
    (101, 502, 302, 'news', 'WITHDRAWN', '2025-03-05 08:00:00', 'customer', NULL);
INSERT INTO suppression (tenant_id, email_hash, email, reason, evidence, at) VALUES
    (101, UNHEX(SHA2('bob@person.example', 256)), 'bob@person.example', 'UNSUBSCRIBED', 'by link', '2025-03-05 08:00:00'),
    (102, UNHEX(SHA2('gone@person.example', 256)), 'gone@person.example', 'BOUNCED', '550 5.1.1', '2025-03-06 08:00:00');
INSERT INTO segment (tenant_id, id, name, document, created_at, updated_at, version) VALUES
    (101, 601, 'From Brno', '{"version":1,"rule":{"field":"CITY","operator":"IS","values":["Brno"]}}', '2025-03-07 08:00:00', '2025-03-07 08:00:00', 0),
    (102, 601, 'From Berlin', '{"version":1,"rule":{"field":"CITY","operator":"IS","values":["Berlin"]}}', '2025-03-07 08:00:00', '2025-03-07 08:00:00', 0);
INSERT INTO mail_template (tenant_id, id, version, name, subject, preheader, mjml, ready, updated_at, updated_by) VALUES
    (101, 701, 2, 'Spring', 'Hello {{ customer.first_name }}', '', '<mjml></mjml>', TRUE, '2025-03-08 08:00:00', 'Žofie Stará');
INSERT INTO delivery_run (tenant_id, id, composer, reference, title, sender_name, sender_email, topic, state, audience, created_at, released_at, finished_at) VALUES
    (101, 801, 'campaign', 901, 'Spring', 'Acme', 'news@acme.example', 'news', 'DONE', 1, '2025-03-09 08:00:00', '2025-03-09 08:00:00', '2025-03-09 08:01:00'),
    (102, 801, 'campaign', 901, 'Frühling', 'Globex', 'news@globex.example', 'news', 'PAUSED', 1, '2025-03-09 08:00:00', '2025-03-09 08:00:00', NULL);
INSERT INTO delivery_cursor (tenant_id, run_id, first_id, last_id, claimed_to, sent) VALUES (101, 801, 811, 811, 811, 1), (102, 801, 811, 811, 810, 0);
INSERT INTO message (tenant_id, id, run_id, customer_id, email, state, attempts, sent_at, detail, opened_at) VALUES
    (101, 811, 801, 301, 'ada@person.example', 'SENT', 1, '2025-03-09 08:00:30', '250 ok', '2025-03-10 08:00:00'),
    (102, 811, 801, 301, 'ada@person.example', 'PENDING', 0, NULL, NULL, NULL);
INSERT INTO campaign (tenant_id, id, version, name, template_id, topic, status, missed_policy, late_hours, run_id, audience, created_by, created_at, updated_by, updated_at) VALUES
    (101, 901, 4, 'Spring', 701, 'news', 'FINISHED', 'SEND_LATE', 6, 801, 1, 'Žofie Stará', '2025-03-09 07:00:00', 'Žofie Stará', '2025-03-09 08:01:00');
INSERT INTO campaign_segment (tenant_id, campaign_id, segment_id, excluded, position) VALUES (101, 901, 601, FALSE, 0);
INSERT INTO promotion (tenant_id, id, name, celebrated_on, yearly, offer_kind, offer_value, valid_from, valid_until, announce_at, status, redeemed, cost, created_at, updated_at, version) VALUES
    (101, 951, 'Ten years', '2025-06-01', TRUE, 'PERCENT', 10.0000, '2025-06-01', '2025-06-07', '2025-05-25T09:00', 'OVER', 1, 50.0000, '2025-05-01 08:00:00', '2025-06-08 08:00:00', 3);
INSERT INTO voucher (tenant_id, id, promotion_id, customer_id, code, issued_at, redeemed_at, redeemed_by, order_amount, cost) VALUES
    (101, 961, 951, 301, 'ABCD23457', '2025-05-25 07:00:00', '2025-06-02 10:00:00', 'Žofie Stará', 500.0000, 50.0000);
INSERT INTO installation_secret (name, value, created_at) VALUES ('links', UNHEX(REPEAT('a1', 32)), '2025-01-05 10:00:00');
