-- Mail that leaves after the commit.

-- query outbox_add (council_id bigint?, kind text, offer_id bigint?, to_email text, to_name text, subject text, body text) none
-- Adds a mail; its Message-ID is drawn by the table.
INSERT INTO outbox (council_id, kind, offer_id, to_email, to_name, subject, body)
VALUES (:council_id, :kind, :offer_id, :to_email, :to_name, :subject, :body);
