export { RehearsalsPage } from "./RehearsalsPage";
export { RehearsalTeaser } from "./RehearsalTeaser";
