"""Numbers and addresses of references are read by their form alone."""

import pytest

from foldwell.check.source_forms import faults_of


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("DOI", "10.1000/182"),


        ("DOI", "10.1016/S0140-6736(05)66912-7"),
        ("PMID", "1"),
        ("PMID", 30404789),
        ("PMCID", "PMC1234567"),
        ("ISBN", "978-0-306-40615-7"),
        ("ISBN", "978 0 306 40615 7, 0306406152"),
        ("ISSN", "0028-4793 1533-4406"),
        ("URL", "https://www.example.org/a%20b?c=d&e=(f)#g"),
        ("URL", "http://example.org"),
        ("URL", "https://doi.org/10.1000/182"),
    ],
)  # fmt: skip
def test_sound_ones(key: str, value: object) -> None:
    assert list(faults_of({key: value})) == []


@pytest.mark.parametrize(
    ("reference", "told"),
    [
        ({"DOI": "https://doi.org/10.1000/182"}, "is no DOI"),
        ({"DOI": "10.1000/182."}, "is no DOI"),
        ({"DOI": "10.100/182"}, "is no DOI"),
        ({"DOI": "10.1000 /182"}, "is no DOI"),
        ({"PMID": "012345"}, "is no PMID"),
        ({"PMID": "123456789"}, "is no PMID"),
        ({"PMID": "PMC123"}, "is no PMID"),
        ({"PMCID": "1234567"}, "is no PMCID"),
        ({"ISBN": "978-0-306-40615-8"}, "is no ISBN"),
        ({"ISSN": "0028-4794"}, "is no ISSN"),
        ({"URL": "www.example.org"}, "is no web address"),
        ({"URL": "https:/example.org"}, "is no web address"),
        ({"URL": "https://example/page"}, "is no web address"),
        ({"URL": "https://example.org/a b"}, "is no web address"),
        ({"URL": "https://example.org/page."}, "is no web address"),
        ({"URL": "ftp://example.org"}, "is no web address"),
        ({"URL": "https://doi.org/182"}, "leads to no DOI"),
        ({"URL": "https://doi.org/10.1000/183", "DOI": "10.1000/182"}, "another DOI"),
        ({"URL": "https://pubmed.ncbi.nlm.nih.gov/2/", "PMID": "1"}, "another PMID"),
    ],
)
def test_unsound_ones(reference: dict[str, str], told: str) -> None:
    (fault,) = faults_of(reference)
    assert told in fault.message
    assert fault.certain is not bool({"ISBN", "ISSN"} & {*reference})


def test_every_form_of_a_doi_in_its_address_is_the_same() -> None:
    assert not list(faults_of({"URL": "https://dx.doi.org/10.1000/AB%3C1", "DOI": "10.1000/ab<1"}))
