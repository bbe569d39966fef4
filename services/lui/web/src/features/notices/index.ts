export { NoticesPage } from "./NoticesPage";
