"""B: whatever form there is comes back the same from YAML, from Excel and from the bytes the store keeps."""

from hypothesis import HealthCheck, given, settings

from interview.messages import Catalogue
from interview.questionnaire.canonical import canonical_bytes, from_canonical
from interview.questionnaire.checking import check
from interview.questionnaire.models import Questionnaire
from interview.questionnaire.reading import read_questionnaire
from interview.questionnaire.sheets.reading import from_workbook
from interview.questionnaire.sheets.writing import to_workbook
from interview.questionnaire.writing import to_yaml
from tests.session.generated import questionnaires

WORDS = Catalogue("sv")
KINDS = (
    "spoken",
    "symbol",
    "score",
    "unit",
    "pattern",
    "cards",
    "proxy",
    "open",
    "minimum_label",
    "decimals",
    "errand",
)
"""What has to be among the forms that go there and back."""


def test_generated_forms_come_back_from_yaml_excel_and_the_store() -> None:
    """Nearly all are forms without a fault, so that little is drawn in vain, and every kind of thing is in some."""
    drawn: list[bool] = []
    seen: set[str] = set()

    # Each that is without a fault is a whole workbook.
    most = settings.default.max_examples * 2 // 3

    @settings(max_examples=most, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(form=questionnaires())
    def each(form: Questionnaire) -> None:
        form = from_canonical(_named(canonical_bytes(form)))
        assert from_canonical(canonical_bytes(form)) == form
        drawn.append(not check(form))
        if not drawn[-1]:
            return
        written = to_yaml(form)
        seen.update(kind for kind in KINDS if kind.replace("_", "-") in written.decode())
        assert read_questionnaire(written, "form.yaml") == form
        assert from_workbook(to_workbook(form, WORDS), "form.xlsx").questionnaire == form

    each()
    assert sum(drawn) >= 0.8 * len(drawn)
    assert seen == set(KINDS)


def _named(canonical: bytes) -> bytes:
    """Generated wordings say NN here and there where a form says ⟨NN⟩."""
    words = canonical.decode().replace("⟨NN⟩", "NN").replace("NN", "⟨NN⟩")
    return words.encode()
