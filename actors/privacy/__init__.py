"""A person's own data: seeing and taking them away, erasing the account, and how long accounts are kept."""
