"""Campaigns: a week of activities on several territories, proposed by anybody and moderated on each ground."""
