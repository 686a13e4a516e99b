-- A supplier gives money back by a credit note: an amount below zero, with a reference of its own. What was invoiced stays.
alter table supplier_invoice drop constraint supplier_invoice_amount_minor_check;
alter table supplier_invoice add constraint supplier_invoice_amount_minor_check check (amount_minor <> 0);
