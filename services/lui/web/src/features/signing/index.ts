export { SigningKeysPage } from "./SigningKeysPage";
