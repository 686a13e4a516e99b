-- What is looked for in the portal, counted: by day, without who asked. Words are kept only where nothing was found.
create table portal_search (
  customer_id uuid not null references customer,
  day date not null,
  searches integer not null default 0,
  without_result integer not null default 0,
  primary key (customer_id, day)
);
call isolate_by_customer('portal_search');
drop policy own_customer on portal_search;
call narrow_to_parts('portal_search', 'false');

create table portal_search_miss (
  customer_id uuid not null references customer,
  day date not null,
  -- Letters alone, in lower case: no number and no address is kept.
  words text not null check (length(words) between 1 and 80),
  times integer not null default 0,
  primary key (customer_id, day, words)
);
call isolate_by_customer('portal_search_miss');
drop policy own_customer on portal_search_miss;
call narrow_to_parts('portal_search_miss', 'false');
