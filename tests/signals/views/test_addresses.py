"""Addresses that nobody of good will writes: none may end in an error of the server."""

from urllib.parse import quote

import pytest

KEYS = [
    "%00",
    "a%00b",
    "..",
    "%2e%2e%2f",
    quote("'; DROP TABLE x; --"),
    quote("\u202egpj"),
    "x" * 3000,
    quote("稀土"),
    "%ff%fe",
]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    "address",
    [
        "/indicators/figure/{}/evidence/",
        "/indicators/{}/",
        "/companies/{}/",
        "/disclosures/{}/",
        "/indicators/{}/export.csv",
    ],
)
def test_a_key_that_names_nothing_is_not_found(client, known, address, key):
    assert client.get(address.format(key)).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/disclosures/99999999999999999999/",
        "/companies/northern-rare-earth/language/?slogan=x&month=2025-13",
        "/companies/northern-rare-earth/language/?slogan=x&month=9999-12",
        "/search/?q=%00",
        "/compare/?metric=%00&company=a",
        "/?since=%00",
    ],
)
def test_an_address_that_can_mean_nothing_is_not_found(client, first_half, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/?since=yesterday",
        "/search/?q=a&page=²",
        "/search/?q=a&page=99999999999999999999",
        "/search/?q=a&page=" + "9" * 5000,
        "/search/?q=a&year=0000",
        "/search/?mode=signals&month=2025-00",
        "/search/?mode=signals&month=²²²²-1",
        "/search/?mode=figures&min=nan&max=1e999999",
        "/search/?q=" + quote("'\\ <-> ! & | (:*"),
        '/search/?q="',
        "/search/?q=" + "稀" * 5000,
        "/compare/?metric=nothing&as_of=0001-01-01",
        "/compare/?metric=revenue&company=northern-rare-earth&start=9999-12-31&end=0001-01-01",
        "/companies/northern-rare-earth/?before=2025-01-01.99999999999999999999",
        "/companies/northern-rare-earth/?from=x&to=2025-02-30&before=.",
        "/companies/northern-rare-earth/?theme=" + quote("<script>"),
        "/companies/northern-rare-earth/disclosures/?before=nonsense.7",
        "/companies/northern-rare-earth/disclosures/?before=2025-01-01.²",
        "/companies/northern-rare-earth/indicators/?metric=x&product=y",
        "/disclosures/{id}/?version=99999999999",
        "/indicators/revenue/?tab=nothing&company=&product=x",
    ],
)
def test_a_page_shrugs_at_values_it_cannot_read(client, first_half, address):
    assert client.get(address.replace("{id}", str(first_half.pk))).status_code == 200
