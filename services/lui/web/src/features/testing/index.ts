export { TestStep } from "./TestStep";
