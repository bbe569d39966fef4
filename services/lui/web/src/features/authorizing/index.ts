export { AuthorizeStep } from "./AuthorizeStep";
