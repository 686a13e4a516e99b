-- An article in another language knows which article it says, and of which words of that one it was made.
alter table article add column edition integer not null default 1 check (edition >= 1);
alter table article add column source_id uuid references article on delete set null check (source_id <> id);
alter table article add column source_edition integer check (source_edition >= 1);
create index article_source on article (source_id) where source_id is not null;

-- A known error: what is wrong is known and not mended yet; the article says what helps until it is.
alter table article add column known_error boolean not null default false;

grant select (edition, source_id, source_edition, known_error) on article to plumbline_customer;
