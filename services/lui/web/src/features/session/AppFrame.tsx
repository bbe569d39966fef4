import { ActionIcon, AppShell, Burger, Button, Container, Drawer, Group, Modal, NavLink, Popover, SegmentedControl, Stack, Text, useMantineColorScheme } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconActivityHeartbeat, IconAdjustments, IconChartBar, IconHistory, IconLayoutDashboard, IconLogout, IconMail, IconMailOff, IconMoon, IconSend, IconSun, IconSunMoon, IconUser, IconUsers } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useRouter, useRouterState } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";

import { keys } from "@/api/queries";
import type { Right } from "@/api/types";
import { text } from "@/text/en";
import { ButtonLink, TextLink } from "@/ui/links";
import { Logo } from "@/ui/Logo";

import classes from "./AppFrame.module.css";
import { HeldBanner } from "./HeldBanner";
import { REPORT_PAGES } from "./ReportPages";
import { SENDING_PAGES } from "./SendingPages";
import { signOut, useSession } from "./session";
import { SignInForm } from "./SignInForm";

const words = text.frame;

interface Place {
  to: "/" | "/jobs" | "/reports" | "/suppressions" | "/gateways" | "/accounts" | "/settings" | "/components" | "/audit";
  label: string;
  /** Pages that lie behind it, too. */
  also?: readonly string[];
  icon: ReactNode;
  right?: Right;
}

const PLACES: readonly Place[] = [
  { to: "/", label: words.nav.dashboard, icon: <IconLayoutDashboard size={18} stroke={1.6} aria-hidden /> },
  { to: "/jobs", label: words.nav.jobs, icon: <IconMail size={18} stroke={1.6} aria-hidden /> },
  {
    to: "/reports",
    label: words.nav.reports,
    icon: <IconChartBar size={18} stroke={1.6} aria-hidden />,
    right: "see_reports",
    also: [...REPORT_PAGES.map((page) => page.to), "/kept-results"],
  },
  { to: "/suppressions", label: words.nav.suppressions, icon: <IconMailOff size={18} stroke={1.6} aria-hidden />, right: "see_recipients" },
  {
    to: "/gateways",
    label: words.nav.sending,
    icon: <IconSend size={18} stroke={1.6} aria-hidden />,
    right: "administer_installation",
    also: SENDING_PAGES.map((page) => page.to),
  },
  { to: "/accounts", label: words.nav.accounts, icon: <IconUsers size={18} stroke={1.6} aria-hidden />, right: "administer_accounts" },
  { to: "/settings", label: words.nav.settings, icon: <IconAdjustments size={18} stroke={1.6} aria-hidden />, right: "administer_installation" },
  { to: "/components", label: words.nav.components, icon: <IconActivityHeartbeat size={18} stroke={1.6} aria-hidden />, right: "administer_installation" },
  { to: "/audit", label: words.nav.audit, icon: <IconHistory size={18} stroke={1.6} aria-hidden />, right: "administer_installation" },
];

const isWithin = (path: string, place: Place): boolean => [place.to, ...(place.also ?? [])].some((start) => path === start || (start !== "/" && path.startsWith(`${start}/`)));

function SchemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      aria-label={words.scheme.label}
      value={colorScheme}
      onChange={(value) => setColorScheme(value)}
      data={[
        { value: "light", label: <SchemeLabel icon={<IconSun size={14} aria-hidden />} text={words.scheme.light} /> },
        { value: "dark", label: <SchemeLabel icon={<IconMoon size={14} aria-hidden />} text={words.scheme.dark} /> },
        { value: "auto", label: <SchemeLabel icon={<IconSunMoon size={14} aria-hidden />} text={words.scheme.auto} /> },
      ]}
    />
  );
}

function SchemeLabel({ icon, text: label }: { icon: ReactNode; text: string }) {
  return (
    <Group gap={4} justify="center" wrap="nowrap">
      {icon}
      {label}
    </Group>
  );
}

function useSignOut() {
  const router = useRouter();
  const client = useQueryClient();
  return useMutation({
    mutationFn: signOut,
    onSettled: async () => {
      await router.navigate({ to: "/sign-in" });
      client.clear();
    },
  });
}

function AccountMenu() {
  const session = useSession();
  const leaving = useSignOut();
  if (session === null) return null;
  const name = words.signedInAs(session.account.name, session.group?.name ?? null);
  return (
    <Popover position="bottom-end" width={300} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon variant="default" size="lg" radius="xl" aria-label={name}>
          <IconUser size={18} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={name}>
        <Stack gap="sm">
          <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
            {name}
          </Text>
          <Button variant="default" fullWidth leftSection={<IconLogout size={16} aria-hidden />} loading={leaving.isPending} onClick={() => leaving.mutate()}>
            {words.signOut}
          </Button>
          <div>
            <Text size="sm" c="dimmed" mb={4}>
              {words.scheme.label}
            </Text>
            <SchemeChoice />
          </div>
          <TextLink to="/privacy" size="sm">
            {words.nav.privacy}
          </TextLink>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

/** The session ended while a page was open: sign in over it, so that nothing typed is lost. */
function SignInAgain() {
  const router = useRouter();
  const client = useQueryClient();
  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} title={words.signIn.again} overlayProps={{ blur: 3 }}>
      <Stack>
        <Text size="sm">{words.signIn.againIntro}</Text>
        <SignInForm
          onSignedIn={() => {
            void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== keys.session[0] });
            void router.invalidate();
          }}
        />
      </Stack>
    </Modal>
  );
}

/** Header, navigation and the page. */
export function AppFrame() {
  const session = useSession();
  const [opened, { open, close }] = useDisclosure(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const leaving = useRouterState({ select: (state) => state.resolvedLocation?.pathname !== undefined && state.location.pathname === "/sign-in" });
  useEffect(close, [path, close]);
  const places = PLACES.filter((place) => place.right === undefined || session?.rights.includes(place.right));
  return (
    <AppShell header={{ height: 56 }} padding={0}>
      <a className="skip-link" href="#content">
        {words.skip}
      </a>
      <AppShell.Header className={classes.header}>
        <Container size="xl" h="100%">
          <Group h="100%" justify="space-between" wrap="nowrap">
            <Group gap="lg" wrap="nowrap">
              <Burger hiddenFrom="md" size="sm" opened={opened} onClick={open} aria-label={words.openNavigation} />
              <Link to="/" className={classes.brand}>
                <Logo size={26} />
                {words.product}
              </Link>
              <Group component="nav" aria-label={words.navigation} gap={4} visibleFrom="md" wrap="nowrap">
                {places.map((place) => (
                  <Link key={place.to} to={place.to} className={classes.place} data-active={isWithin(path, place) || undefined}>
                    {place.label}
                  </Link>
                ))}
              </Group>
            </Group>
            <AccountMenu />
          </Group>
        </Container>
      </AppShell.Header>
      <Drawer opened={opened} onClose={close} size="xs" title={words.product} closeButtonProps={{ "aria-label": words.closeNavigation }}>
        <Stack component="nav" aria-label={words.navigation} gap={4}>
          {places.map((place) => (
            <NavLink key={place.to} component={Link} to={place.to} label={place.label} leftSection={place.icon} active={isWithin(path, place)} />
          ))}
        </Stack>
      </Drawer>
      <AppShell.Main id="content" tabIndex={-1} style={{ outline: "none" }}>
        {session !== null && <HeldBanner />}
        <Container size="xl" py={{ base: "lg", sm: "xl" }} pb={80}>
          <Outlet />
        </Container>
      </AppShell.Main>
      {session === null && !leaving && <SignInAgain />}
    </AppShell>
  );
}

/** A button-like way home for pages that lead nowhere. */
export function HomeLink() {
  return (
    <ButtonLink to="/" variant="default">
      {words.notFound.home}
    </ButtonLink>
  );
}
