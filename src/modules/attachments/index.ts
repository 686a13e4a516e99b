/**
 * Attachments: files that belong to a record. Owns the tables `attachment` and `kept_file` and the files in the data folder,
 * each content kept once. Which record, who may and what is told of it is the affair of the record's own module.
 */
export {
  attach,
  type AttachmentSubject,
  changeAttachment,
  listAttachments,
  openAttachment,
  receiveFile,
  type ReceivedFile,
} from './attachments.ts'
export { attachmentJobs } from './worker.ts'
