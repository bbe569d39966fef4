"""All of Tutti on one machine: engines, services and mail catcher as child processes."""
