export { RecipientsStep } from "./RecipientsStep";
