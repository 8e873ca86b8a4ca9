from django.db import models
from django.utils.translation import gettext_lazy as _


class ResourceKind(models.TextChoices):
    REPORT = "report", _("Rapport")
    STUDY = "study", _("Étude")
    VIDEO = "video", _("Vidéo")
    AUDIO = "audio", _("Son, podcast")
    TOOLKIT = "toolkit", _("Boîte à outils")
    GUIDE = "guide", _("Guide")
    FACT_SHEET = "fact_sheet", _("Fiche pratique")
    EXHIBITION = "exhibition", _("Exposition à emprunter")
    EQUIPMENT = "equipment", _("Matériel à emprunter")
    TEMPLATE = "template", _("Modèle de document")
    TESTIMONY = "testimony", _("Témoignage")


KIND_ICONS = {
    ResourceKind.REPORT: "file-text", ResourceKind.STUDY: "chart-column", ResourceKind.VIDEO: "film",
    ResourceKind.AUDIO: "headphones", ResourceKind.TOOLKIT: "briefcase", ResourceKind.GUIDE: "book-open",
    ResourceKind.FACT_SHEET: "list-checks", ResourceKind.EXHIBITION: "frame", ResourceKind.EQUIPMENT: "package",
    ResourceKind.TEMPLATE: "file-pen", ResourceKind.TESTIMONY: "message-square-quote",
}  # fmt: skip
# What is lent, on its conditions of loan.
LENT = (ResourceKind.EXHIBITION, ResourceKind.EQUIPMENT)


class ResourceState(models.TextChoices):
    DRAFT = "draft", _("brouillon")
    WAITING = "waiting", _("attend l'équipe d'animation")
    PUBLISHED = "published", _("publiée")
    ARCHIVED = "archived", _("archivée")


class Audience(models.TextChoices):
    ALL = "all", _("Tout public")
    YOUTH = "youth", _("Jeunes")
    SCHOOLS = "schools", _("Enseignants, scolaires")
    STUDENTS = "students", _("Étudiants, recherche")
    ASSOCIATIONS = "associations", _("Associations")
    COMPANIES = "companies", _("Entreprises")
    ELECTED = "elected", _("Élus et agents")


class Licence(models.TextChoices):
    """Under which terms others may use it. Creative Commons: version 4.0, as SPDX names them."""

    CC_BY = "cc-by", _("CC BY 4.0 : réutiliser en citant l'auteur")
    CC_BY_SA = "cc-by-sa", _("CC BY-SA 4.0 : citer l'auteur, partager aux mêmes conditions")
    CC_BY_NC = "cc-by-nc", _("CC BY-NC 4.0 : citer l'auteur, sans usage commercial")
    CC_BY_NC_SA = "cc-by-nc-sa", _("CC BY-NC-SA 4.0 : citer, sans usage commercial, mêmes conditions")
    CC_BY_ND = "cc-by-nd", _("CC BY-ND 4.0 : citer l'auteur, sans modifier")
    CC_BY_NC_ND = "cc-by-nc-nd", _("CC BY-NC-ND 4.0 : citer, sans usage commercial, sans modifier")
    CC0 = "cc0", _("CC0 : domaine public")
    ETALAB = "etalab-2.0", _("Licence Ouverte 2.0 (Etalab)")
    FREE_TO_READ = "free", _("Lecture libre, tous droits réservés")
    ASK = "ask", _("Réutilisation sur demande")


LICENCE_URLS = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/deed.fr",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/deed.fr",
    Licence.CC_BY_NC: "https://creativecommons.org/licenses/by-nc/4.0/deed.fr",
    Licence.CC_BY_NC_SA: "https://creativecommons.org/licenses/by-nc-sa/4.0/deed.fr",
    Licence.CC_BY_ND: "https://creativecommons.org/licenses/by-nd/4.0/deed.fr",
    Licence.CC_BY_NC_ND: "https://creativecommons.org/licenses/by-nc-nd/4.0/deed.fr",
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/deed.fr",
    Licence.ETALAB: "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}


class FileKind(models.TextChoices):
    """What a file is, by its first bytes; the format that a list is narrowed by."""

    PDF = "pdf", _("PDF")
    OFFICE = "office", _("Document modifiable")
    IMAGE = "image", _("Image")
    AUDIO = "audio", _("Son")
    VIDEO = "video", _("Vidéo")
    SUBTITLES = "subtitles", _("Sous-titres")


class Format(models.TextChoices):
    """What a resource consists of: kinds of its latest files, and links."""

    PDF = "pdf", _("PDF")
    OFFICE = "office", _("Document modifiable")
    IMAGE = "image", _("Image")
    AUDIO = "audio", _("Son")
    VIDEO = "video", _("Vidéo")
    LINK = "link", _("Lien")


class Extraction(models.TextChoices):
    """How far the worker is with a file."""

    WAITING = "waiting", _("en attente de lecture")
    WORKING = "working", _("lecture en cours")
    DONE = "done", _("lu")
    FAILED = "failed", _("non lu")


class Problem(models.TextChoices):
    """Why a file was not read, or not wholly; said to its owner."""

    NONE = "", ""
    ENCRYPTED = "encrypted", _("Ce fichier est protégé par un mot de passe : personne ne pourra l'ouvrir. "
                               "Enregistrez-le sans protection, puis envoyez-le de nouveau.")  # fmt: skip
    BROKEN = "broken", _("Ce fichier est abîmé ou incomplet : nous n'avons pas pu l'ouvrir. "
                         "Enregistrez-le de nouveau, puis renvoyez-le.")  # fmt: skip
    TOO_MANY_PAGES = "too_many_pages", _("Ce document dépasse 2 000 pages : son texte n'est pas lu. "
                                         "Coupez-le en plusieurs fichiers.")  # fmt: skip
    TOO_HEAVY = "too_heavy", _("Ce fichier demande trop de mémoire ou de temps pour être lu. "
                               "Enregistrez-le dans une version plus légère.")  # fmt: skip
    LOST = "lost", _("Ce fichier n'est plus dans le stockage : envoyez-le de nouveau.")
    CUT = "cut", _("Ce document est très long : seul son début est lu pour la recherche.")
    NO_TEXT = "no_text", _("Ce document ne contient pas de texte lisible : la recherche ne lit que sa fiche.")
    NO_OCR = "no_ocr", _("Ce document est fait d'images de pages. La reconnaissance de texte en français n'est pas "
                         "installée sur ce site : la recherche ne lit que sa fiche.")  # fmt: skip


# A file that nobody could open is not published.
BLOCKING = (Problem.ENCRYPTED, Problem.BROKEN, Problem.TOO_HEAVY, Problem.LOST)


# Who moves a resource where: the publishing actor's people, and the animators.
OWN_MOVES: dict[str, tuple[str, ...]] = {
    ResourceState.DRAFT: (ResourceState.WAITING, ResourceState.ARCHIVED),
    ResourceState.WAITING: (ResourceState.DRAFT,),
    ResourceState.PUBLISHED: (ResourceState.ARCHIVED,),
    ResourceState.ARCHIVED: (ResourceState.WAITING,),
}
# "Published" of a published one: its changes were read.
DECISIONS: dict[str, tuple[str, ...]] = {
    ResourceState.WAITING: (ResourceState.PUBLISHED, ResourceState.DRAFT),
    ResourceState.PUBLISHED: (ResourceState.PUBLISHED, ResourceState.DRAFT, ResourceState.ARCHIVED),
}
WITH_A_REASON = (ResourceState.DRAFT, ResourceState.ARCHIVED)
