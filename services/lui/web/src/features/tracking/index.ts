export { TrackingStep } from "./TrackingStep";
