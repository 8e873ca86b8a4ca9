"""What a gift may bring back to a donor taxed in France: an estimate, from dated rules with their source."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from ..models import Agreement, TaxRule
from .enums import Currency, Donor

CENT = Decimal("0.01")
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Estimate:
    """In EUR. `kept` is the part of the gift under the ceiling; `carried_over` what is above it."""

    gift: Decimal
    kept: Decimal
    reduction: Decimal
    carried_over: Decimal
    ceiling: Decimal | None
    base_is_known: bool  # else the ceiling may be higher (company), or is not worked out (person)
    rule: TaxRule


def rule_for(donor: str, on: date) -> TaxRule | None:
    return TaxRule.objects.filter(donor=donor, since__lte=on).order_by("-since").first()


def gift_of(agreement: Agreement) -> Decimal:
    """Money in EUR, and what is given in kind or in skills."""
    return (agreement.amount or Decimal(0)) + (agreement.in_kind_value or Decimal(0))


def estimate_for(agreement: Agreement, today: date) -> Estimate | None:
    """None without a gift, without a French donor, or in another currency: no rate of exchange is guessed."""
    gift = gift_of(agreement)
    if agreement.donor == Donor.NONE or agreement.currency != Currency.EUR or gift <= 0:
        return None
    rule = rule_for(agreement.donor, agreement.starts_on or today)
    return estimate(rule, gift, agreement.turnover) if rule else None


def estimate(rule: TaxRule, gift: Decimal, base: Decimal | None = None) -> Estimate:
    """Rates of the rule on the part of `gift` under its ceiling (CGI, art. 238 bis and 200).

    `base` is the turnover of a company, without VAT. The ceiling is the higher of the amount and the share.
    """
    ceiling = _ceiling(rule, base)
    kept = gift if ceiling is None else min(gift, ceiling)
    first = kept if rule.bracket is None else min(kept, rule.bracket)
    above = rule.rate if rule.rate_above is None else rule.rate_above
    reduction = (first * rule.rate + (kept - first) * above) / HUNDRED
    return Estimate(
        gift, kept, _rounded(reduction), gift - kept, ceiling, base is not None or rule.ceiling_share is None, rule
    )


def _ceiling(rule: TaxRule, base: Decimal | None) -> Decimal | None:
    shares = [_rounded(base * rule.ceiling_share / HUNDRED)] if base is not None and rule.ceiling_share else []
    amounts = [rule.ceiling] if rule.ceiling is not None else []
    return max([*shares, *amounts], default=None)


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)
