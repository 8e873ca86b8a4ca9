"""Who comes: registrations, waiting lists, attendance, certificates."""
