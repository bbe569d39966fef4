export { ContentStep } from "./ContentStep";
