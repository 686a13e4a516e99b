-- Whether somebody was told enough for now that their mails arrived.
create index outgoing_mail_confirmation on outgoing_mail (recipient, created_at) where kind = 'received';
