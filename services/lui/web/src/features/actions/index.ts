export { ActionTagsPage } from "./ActionTagsPage";
