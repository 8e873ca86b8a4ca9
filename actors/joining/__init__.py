"""How people come to act for an actor, and how they stop: members, invitations, claims."""
