-- Two roles: one that loads an edition (`python -m app build`), and one that can only read, for the replicas.
-- Run once as an administrator, in the database that the service gets, and set both passwords with \password.
create role zhenggai_loader login;
create role zhenggai_reader login;
do $$ begin execute format('grant create on database %I to zhenggai_loader', current_database()); end $$;
-- Schemas are made by the loader, one for each edition; the reader may read them as they come.
alter default privileges for role zhenggai_loader grant usage on schemas to zhenggai_reader;
alter default privileges for role zhenggai_loader grant select on tables to zhenggai_reader;
