-- hearth demo --reload: throws everything away, the audit too, which is
-- append-only for everybody but a superuser who says so.
SET LOCAL client_min_messages = warning;
SET LOCAL session_replication_role = replica;
TRUNCATE council, organisation, postcode_sector RESTART IDENTITY CASCADE;
TRUNCATE account, audit, vault.audit_seal, vault.audit_sealed_row,
    vault.audit_unsealed RESTART IDENTITY CASCADE;
SET LOCAL session_replication_role = origin;
