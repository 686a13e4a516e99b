/**
 * Suppliers: what was agreed with each, what it kept by the same clocks as everybody, what it cost, and its capacity without
 * names: roles, quantities, call-offs, never a person. Owns `supplier*`, `pool*` and `capacity_order`. A supplier sees its own
 * rows alone, as the database's policies say; what it is to a customer, and what others cost, no query of theirs reaches.
 */
export { supplierDays } from './last-days.ts'
export { claim as claimFromSupplier } from './claims.ts'
export { addPool, callOff, moveOrder } from './capacity.ts'
export { importInvoices } from './invoices.ts'
export { supplierRoutes } from './routes.ts'
export { addSupplier, addSupplierContract, moveSupplier } from './suppliers.ts'
export { supplierSection } from './review-section.ts'
