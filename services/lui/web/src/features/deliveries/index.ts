export { DeliveryPage } from "./DeliveryPage";
export { JobControls } from "./JobControls";
export { deliveryQuery, useDelivery } from "./useDelivery";
