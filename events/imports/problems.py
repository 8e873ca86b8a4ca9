"""What can be wrong with a calendar, in a sentence for who gave it. Kept as codes: read in each reader's language."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    # The address, the connection
    "address": _("Cette adresse n'est pas celle d'une page du web : elle commence par https:// ou http://."),
    "port": _("Cette adresse demande un port qui n'est pas celui du web."),
    "login_in_address": _("Cette adresse contient un mot de passe : donnez l'adresse publique du calendrier."),
    "unknown_host": _("Le site %(host)s n'existe pas, ou n'a pas répondu à temps."),
    "private": _("Le site %(host)s est sur un réseau privé : il n'est pas lu d'ici."),
    "redirects": _("Cette adresse renvoie sans cesse vers une autre."),
    "unreachable": _("Le site %(host)s ne répond pas."),
    "certificate": _("Le certificat de sécurité du site %(host)s n'est pas valable."),
    "slow": _("Le site %(host)s est trop lent : rien de complet en %(seconds)s secondes."),
    "status": _("Le site %(host)s répond par une erreur (%(status)s)."),
    "compressed": _("Le site %(host)s envoie un fichier compressé, que nous n'ouvrons pas."),
    "too_large": _("Ce calendrier pèse plus de %(most)s Mo."),
    # The whole file
    "empty": _("Ce fichier est vide."),
    "web_page": _("C'est une page web, pas un calendrier. Cherchez l'adresse « au format iCal » de votre agenda."),
    "not_a_calendar": _("Ce n'est pas un calendrier : la première ligne devrait être BEGIN:VCALENDAR."),
    "encoding": _("Cette ligne n'est pas en UTF-8. Enregistrez le fichier en UTF-8."),
    "not_ended": _("Le calendrier s'arrête au milieu : il manque « END:%(name)s »."),
    "wrong_end": _("« END:%(name)s » ne ferme rien qui soit ouvert."),
    "too_deep": _("Trop de parties les unes dans les autres."),
    "too_many_lines": _("Ce calendrier a plus de %(most)s lignes."),
    "too_many_events": _("Ce calendrier a plus de %(most)s événements. Exportez-en une partie."),
    "too_many_to_come": _("Plus de %(most)s événements à venir : les suivants ne sont pas repris."),
    "too_many_dates": _("« %(title)s » : ce calendrier a déjà %(most)s dates, celles-ci ne sont pas reprises."),
    # A line
    "long_line": _("Cette ligne a plus de %(most)s caractères."),
    "no_colon": _("Cette ligne n'est pas comprise : « %(text)s »."),
    # An event
    "no_uid": _("Cet événement n'a pas d'identifiant (UID)."),
    "long_uid": _("L'identifiant (UID) de cet événement est trop long."),
    "no_start": _("« %(title)s » n'a pas de début (DTSTART)."),
    "no_title": _("Cet événement n'a pas de titre (SUMMARY)."),
    "date": _("« %(text)s » n'est pas une date."),
    "duration": _("« %(text)s » n'est pas une durée."),
    "zone": _("Le fuseau horaire « %(zone)s » n'est pas connu, et le calendrier ne le décrit pas."),
    "ends_before": _("« %(title)s » finit avant d'avoir commencé."),
    "too_long": _("« %(title)s » dure plus d'un an."),
    "far": _("« %(text)s » est trop loin dans le temps."),
    "rule": _("Cette répétition n'est pas comprise : « %(rule)s »."),
    "many_rules": _("« %(title)s » a plusieurs répétitions (RRULE) : une seule est suivie."),
    "many_exceptions": _("« %(title)s » a plus de %(most)s dates ajoutées ou exclues."),
    "no_dates": _("« %(title)s » n'a aucune date."),
    "too_old": _(
        "« %(title)s » se répète depuis trop longtemps : %(most)s dates sont suivies depuis la première. "
        "Recommencez la série à une date récente."
    ),
    "and_following": _("« Cette date et les suivantes » (RANGE) n'est pas suivi : séparez la série en deux."),
    "ours": _("« %(title)s » vient de notre propre agenda."),
    "refused": _("« %(title)s » n'a pas pu être gardé : %(why)s"),
}  # fmt: skip


@dataclass(frozen=True)
class Problem:
    code: str
    line: int | None = None
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.code]) % self.params

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class ProblemError(Exception):
    """Raised where something is wrong, told as a Problem."""

    def __init__(self, code: str, line: int | None = None, **params: Any) -> None:
        super().__init__(code)
        self.problem = Problem(code, line, params)


class CalendarError(ProblemError):
    """The calendar as a whole cannot be had or read."""


class EventError(ProblemError):
    """One event cannot be read; the others are."""
