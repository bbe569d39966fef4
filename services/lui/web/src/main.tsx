import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@/ui/base.css";

import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { MutationCache, QueryCache, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { Problem } from "@/api/problem";
import { createQueryClient, keys } from "@/api/queries";
import { createAppRouter } from "@/router";
import { cssVariables, theme } from "@/theme";

/** An answer "not signed in" to anything ends the session here too; the frame then asks to sign in again. */
const onError = (error: unknown) => {
  if (error instanceof Problem && error.status === 401 && queryClient.getQueryData(keys.session)) queryClient.setQueryData(keys.session, null);
};
const queryClient = createQueryClient(new QueryCache({ onError }), new MutationCache({ onError }));
const router = createAppRouter(queryClient);

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element for the application");
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Notifications position="bottom-right" />
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
