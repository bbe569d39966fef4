export { AuditPage } from "./AuditPage";
export { ComponentsPage } from "./ComponentsPage";
