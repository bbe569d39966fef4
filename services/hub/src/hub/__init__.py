"""Accounts, rights, settings, the register of components, the audit trail."""
