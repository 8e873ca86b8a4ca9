"""What a portal owes its visitors: legal pages, a way to write, partners, a site plan for people and machines."""
