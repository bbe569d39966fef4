export { GatewayPage } from "./GatewayPage";
export { GatewaysPage } from "./GatewaysPage";
