import pytest

from tasks.fetch.declared import declared_address

URL = "https://www.ministry.example.co.uk/news/12?view=print"
OWN = "https://www.ministry.example.co.uk/news/12"


def head(canonical: str, og: str) -> bytes:
    return f"<html><head>{canonical}{og}<title>A</title></head><body><p>Text</p></body></html>".encode()


def said(canonical: str, og: str | None = None) -> bytes:
    return head(f'<link rel="canonical" href="{canonical}">', f'<meta property="og:url" content="{og or canonical}">')


@pytest.mark.parametrize(
    "body",
    [
        said(OWN),
        said("/news/12", OWN),
        said(f"{OWN}?utm_source=x#top", OWN),
        head(f"<LINK HREF='{OWN}' REL='shortlink canonical'/>", f"<meta name=og:url content={OWN}>"),
    ],
)
def test_an_address_given_twice_is_the_pages_own(body):
    assert declared_address(body, URL) == OWN


def test_another_host_of_the_same_site_may_have_the_page():
    other = "https://press.example.co.uk/12"
    assert declared_address(said(other), URL) == other


@pytest.mark.parametrize(
    "body",
    [
        b"",
        head(f'<link rel="canonical" href="{OWN}">', ""),
        head("", f'<meta property="og:url" content="{OWN}">'),
        said(OWN, f"{OWN}3"),
        said("https://other.co.uk/news/12"),
        said("https://www.ministry.example.co.uk/"),
        said("javascript:alert(1)"),
        said("https://[::1/news/12"),
        head(f'<!-- <link rel="canonical" href="{OWN}"> -->', f'<meta property="og:url" content="{OWN}">'),
        b"<html><head></head><body>" + said(OWN),
        said(OWN)[:60] + b'<link rel="canonical" href="/news/13">' + said(OWN)[60:],
    ],
)
def test_a_word_that_is_not_given_twice_or_leads_elsewhere_is_not_taken(body):
    assert declared_address(body, URL) is None
