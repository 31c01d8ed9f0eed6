from xuncha_lib.candidates.words import verdict_words
from xuncha_lib.checklist import load_checklist
from xuncha_lib.models import shipped_models


def test_shape_is_18_aspects_69_forms_30_common():
    """The published shape: 18 aspects, 69 forms; about thirty are asked of every village."""
    checklist = load_checklist()

    assert len(checklist.aspects) == 18
    assert len(checklist.forms) == 69
    assert len(checklist.categories) == 10
    assert 28 <= sum(common for _, _, common in checklist.forms.values()) <= 32


def test_every_model_names_known_aspects_forms_and_category():
    """A model that points at no checklist entry would vanish from the village's table."""
    checklist = load_checklist()
    for model in shipped_models().values():
        assert set(model.aspects) <= set(checklist.aspects), model.id
        assert set(model.forms) <= set(checklist.forms), model.id
        assert model.category in checklist.categories, model.id


def test_no_form_reads_as_a_verdict():
    """Forms are shown beside candidates, so they say what to check, not what somebody did."""
    for name, _, _ in load_checklist().forms.values():
        assert verdict_words(name) == []
