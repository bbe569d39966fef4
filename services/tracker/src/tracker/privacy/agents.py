"""Families of programs that ask for pixels and links: coarse names that tell no two people apart.

A family's name is itself one of its marks, so that the family of a family is the family again: what is kept at
the levels that drop the user agent can be judged anew by a later rule set.
"""

from functools import lru_cache
from types import MappingProxyType

BROWSER = "Mozilla"
UNNAMED = ""

_FAMILIES = MappingProxyType(
    {
        # Proxies of mail programs: they load a picture for somebody, or in advance for everybody.
        "GoogleImageProxy": ("googleimageproxy", "ggpht.com"),
        "YahooMailProxy": ("yahoomailproxy", "yahoocachesystem"),
        "AppleMailProxy": ("applemailproxy",),
        "OutlookImageProxy": ("outlookimageproxy", "outlook-ios-android-proxy"),
        # Link and attachment scanners that say who they are.
        "BarracudaSentinel": ("barracuda",),
        "Proofpoint": ("proofpoint", "urldefense"),
        "Mimecast": ("mimecast",),
        "SafeLinks": ("safelinks", "microsoft-safelinks"),
        "Symantec": ("symantec", "messagelabs"),
        "TrendMicro": ("trendmicro", "trend micro", "tmaseng"),
        "Cisco": ("ironport", "cisco"),
        "FireEye": ("fireeye", "trellix"),
        "Sophos": ("sophos",),
        "Fortinet": ("fortinet", "fortimail", "fortiguard"),
        "Kaspersky": ("kaspersky",),
        "Cloudmark": ("cloudmark",),
        "VirusTotal": ("virustotal",),
        # Link previews and crawlers.
        "SlackBot": ("slackbot", "slack-imgproxy"),
        "BingPreview": ("bingpreview", "skypeuripreview", "microsoftpreview"),
        "FacebookBot": ("facebookexternalhit", "facebot", "facebookbot"),
        "WhatsApp": ("whatsapp",),
        "TelegramBot": ("telegrambot",),
        "HeadlessBrowser": ("headlesschrome", "headlessbrowser", "phantomjs"),
        "Crawler": ("bot/", "bot;", "crawler", "spider", "crawl/"),
        "Script": (
            "curl/",
            "wget/",
            "python-",
            "python/",
            "go-http-client",
            "java/",
            "okhttp",
            "libwww-perl",
            "axios/",
            "node-fetch",
            "httpie",
            "script",
        ),
    }
)

PROXIES = frozenset(("GoogleImageProxy", "YahooMailProxy", "AppleMailProxy", "OutlookImageProxy"))
SCANNERS = frozenset(_FAMILIES) - PROXIES

_APPLE_PRIVACY_PROXY = "Mozilla/5.0"
"""Apple's Mail Privacy Protection names itself so, and says nothing more."""


@lru_cache(maxsize=4096)
def family_of(user_agent: str) -> str:
    """The family a user agent (or a family's name) belongs to; empty when it fits none."""
    if user_agent == _APPLE_PRIVACY_PROXY:
        return "AppleMailProxy"
    lowered = user_agent.lower()
    for family, marks in _FAMILIES.items():
        if any(mark in lowered for mark in marks):
            return family
    return BROWSER if lowered.startswith(("mozilla", "opera")) else UNNAMED
