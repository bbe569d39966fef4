"""All of Tutti on one machine: engines, services and a mail catcher as child processes of one command."""
