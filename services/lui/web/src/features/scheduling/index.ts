export { ScheduleStep } from "./ScheduleStep";
