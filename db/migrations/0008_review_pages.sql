-- The pages of a review as pictures, drawn together with its PDF: a JSON array of SVG, a text for each page.
alter table review_document drop constraint review_document_format_check;
alter table review_document add constraint review_document_format_check
  check (format in ('pptx', 'pdf', 'xlsx', 'pages'));
