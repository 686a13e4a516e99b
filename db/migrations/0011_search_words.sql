-- Words are letters and digits, as they are in what people look for: a parser of text would take the hyphen of LX-9000 for a
-- minus, and the name of a host or a file for one word that nobody finds by its parts.
alter table incident drop column search;
alter table incident add column search tsvector not null generated always as (
  to_tsvector('simple', translate(
    number || ' ' || coalesce(source_key, '') || ' ' || title || ' ' || left(description, 100000),
    '-_./\:,;@+#=*&%$()[]{}<>"''|~', repeat(' ', 28)))
) stored;
create index incident_search on incident using gin (search) with (fastupdate = on);
grant select (search) on incident to plumbline_customer;
-- Without samples of the new column a search for a rare word would be planned as if it were a common one.
analyze incident;
