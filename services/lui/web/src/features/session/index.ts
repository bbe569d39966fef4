export { AppFrame, HomeLink } from "./AppFrame";
export { sessionQuery, useMay, useSession } from "./session";
export { SignInPage } from "./SignInPage";
