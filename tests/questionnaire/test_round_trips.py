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
SLOW = settings(derandomize=True, suppress_health_check=list(HealthCheck))


@SLOW
@given(form=questionnaires())
def test_a_generated_form_comes_back_from_yaml_excel_and_the_store(form: Questionnaire) -> None:
    form = from_canonical(_named(canonical_bytes(form)))
    assert from_canonical(canonical_bytes(form)) == form
    if check(form):
        return
    assert read_questionnaire(to_yaml(form), "form.yaml") == form
    assert from_workbook(to_workbook(form, WORDS), "form.xlsx").questionnaire == form


def _named(canonical: bytes) -> bytes:
    """Generated wordings say NN here and there where a form says ⟨NN⟩."""
    words = canonical.decode().replace("⟨NN⟩", "NN").replace("NN", "⟨NN⟩")
    return words.encode()
