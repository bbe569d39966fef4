export { SenderStep } from "./SenderStep";
