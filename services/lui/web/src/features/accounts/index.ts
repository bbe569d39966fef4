export { AccountsPage } from "./AccountsPage";
