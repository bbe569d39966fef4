export { DeliveryPage } from "./DeliveryPage";
export { JobControls } from "./JobControls";
export { settledCount } from "./rules";
export { deliveryQuery, hasEnded, useDelivery } from "./useDelivery";
