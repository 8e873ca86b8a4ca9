from django.utils.translation import gettext_lazy as _

from coexist.common.mail.kinds import Group, MailKind, register

# Of one's own need, written by a person of the team.
UNANSWERED = register(MailKind("need_unanswered", _("Besoin clos sans réponse"), Group.TRANSACTIONAL))
