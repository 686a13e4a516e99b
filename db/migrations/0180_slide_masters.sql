-- What slides for a customer look like: `SlideMaster` of src/platform/documents/slide-master.ts. The provider's own is in
-- `setting`.
alter table customer_brand add column slide_master jsonb;
