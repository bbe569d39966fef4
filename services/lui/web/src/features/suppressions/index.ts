export { SuppressionsPage } from "./SuppressionsPage";
