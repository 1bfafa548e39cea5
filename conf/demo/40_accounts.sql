-- Everybody signs in with the password of password.txt.
INSERT INTO account (reference, email, name, created_at)
SELECT DISTINCT pg_temp.reference_of('A', a.email), a.email, a.name,
       k.now - interval '13 months'
  FROM demo_accounts a CROSS JOIN demo_clock k;

INSERT INTO vault.credential (account_id, hash, changed_at)
SELECT a.id, p.hash, a.created_at
  FROM account a CROSS JOIN demo_password p;

INSERT INTO membership (account_id, role, council_id, organisation_id,
    created_at, started_at)
SELECT a.id, d.role, c.id, o.id, a.created_at, a.created_at
  FROM demo_accounts d
  JOIN account a ON a.email = d.email
  LEFT JOIN council c ON c.code = d.council
  LEFT JOIN demo_organisation o ON o.code = d.provider;
