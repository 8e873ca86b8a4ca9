from django.urls import path, register_converter

from . import sitemap, views


class ShortNumber:
    """What fits a database's number: a longer one is no address of ours."""

    regex = "[0-9]{1,6}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(ShortNumber, "short")

urlpatterns = [
    path("informations/<slug:slug>/", views.page_detail, name="page"),
    path("informations/<slug:slug>/versions/<short:number>/", views.page_version, name="page-version"),
    path("plan-du-site/", views.site_plan, name="site-plan"),
    path("partenaires/", views.partners, name="partners"),
    path("contact/", views.contact_us, name="contact-us"),
    path("contact/envoye/", views.contact_us_sent, name="contact-us-sent"),
    path("sitemap.xml", sitemap.sitemap_index, name="sitemap"),
    path("sitemap-<slug:name>-<short:number>.xml", sitemap.sitemap_part, name="sitemap-part"),
    path("robots.txt", sitemap.robots, name="robots"),
]
