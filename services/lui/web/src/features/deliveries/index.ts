export { DeliveryPage } from "./DeliveryPage";
export { JobControls } from "./JobControls";
export { useDelivery } from "./useDelivery";
