-- What mails of a mailbox are about when nothing else says so: one for all, or one of the mailbox’s own customer.
alter table mail_account add column service_id uuid references service;
grant select (service_id) on mail_account to plumbline_limited;

-- Status pages for whom the provider tells more: a customer’s leaders, and those who work on it.
alter table status_page drop constraint status_page_audience_check;
alter table status_page add constraint status_page_audience_check check (audience in ('customer', 'users', 'leaders', 'technicians'));

-- Mails that tell whoever reported a disturbance how it stands.
alter table outgoing_mail drop constraint outgoing_mail_kind_check,
  add constraint outgoing_mail_kind_check
    check (kind in ('received', 'message', 'question', 'resolved', 'notification', 'survey', 'update'));
alter table mail_template drop constraint mail_template_kind_check,
  add constraint mail_template_kind_check check (kind in ('received', 'message', 'question', 'resolved', 'survey', 'update'));
