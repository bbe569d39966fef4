import { ActionIcon, Menu, Select, Text, UnstyledButton } from "@mantine/core";
import { IconDots, IconFolder, IconFolderOpen, IconPencil, IconReport, IconTrash } from "@tabler/icons-react";

import type { Folder } from "@/api/reports";
import { text } from "@/text/en";

import classes from "./FolderList.module.css";

const words = text.reports.saved;

/** Reports that lie in no folder, as the address and the server name them. */
export const NO_FOLDER = "none";

interface Props {
  folders: readonly Folder[];
  chosen: string | undefined;
  onChoose: (folder: string | undefined) => void;
  onRename: (folder: Folder) => void;
  onRemove: (folder: Folder) => void;
}

function FolderActions({ folder, onRename, onRemove }: { folder: Folder } & Pick<Props, "onRename" | "onRemove">) {
  return (
    <Menu position="bottom-end" shadow="md" width={200}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={words.folderActions(folder.name)}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => onRename(folder)}>
          {words.renameFolder}
        </Menu.Item>
        <Menu.Item c="error" leftSection={<IconTrash size={16} aria-hidden />} disabled={!folder.mine} onClick={() => onRemove(folder)}>
          {words.removeFolder}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The folders beside the reports; on a narrow screen a choice above them. */
export function FolderList(props: Props) {
  const { folders, chosen, onChoose } = props;
  const places = [
    { key: undefined, name: words.all, icon: <IconReport size={16} aria-hidden />, folder: null },
    ...folders.map((folder) => ({ key: folder.id, name: folder.name, icon: chosen === folder.id ? <IconFolderOpen size={16} aria-hidden /> : <IconFolder size={16} aria-hidden />, folder })),
    { key: NO_FOLDER, name: words.noFolder, icon: <IconFolder size={16} aria-hidden />, folder: null },
  ];
  return (
    <>
      <nav className={classes.wide} aria-label={words.folders}>
        <Text size="sm" c="dimmed" px="xs" pb={4} aria-hidden>
          {words.folders}
        </Text>
        <ul className={classes.list}>
          {places.map(({ key, name, icon, folder }) => (
            <li key={key ?? "all"} className={classes.place} data-active={chosen === key || undefined}>
              <UnstyledButton className={classes.button} aria-current={chosen === key ? "page" : undefined} onClick={() => onChoose(key)}>
                {icon}
                <span className={classes.name}>{name}</span>
              </UnstyledButton>
              {folder?.may_edit && <FolderActions folder={folder} {...props} />}
            </li>
          ))}
        </ul>
      </nav>
      <div className={classes.narrow}>
        <Select
          aria-label={words.folders}
          allowDeselect={false}
          value={chosen ?? ""}
          onChange={(value) => onChoose(value === "" || value === null ? undefined : value)}
          data={places.map(({ key, name }) => ({ value: key ?? "", label: name }))}
        />
      </div>
    </>
  );
}
