"""The petition guard: who wrote and what was written never reaches a case, in no table, hash or message."""

import pytest
from books import IDS, Round, xlsx

SECRETS = ("王丽华", "13800010002", IDS[0], "书记多年来把机动地包给自己的亲戚")
LETTER = SECRETS[3] + "，村民多次反映没有结果，请上级查清楚。"
REGISTERS = {
    "names and letters": ("2023年信访台账", ["序号", "来信日期", "信访人", "联系电话", "反映内容", "办理情况"],
                          [1, "2023.5.1", SECRETS[0], SECRETS[1], LETTER, "转镇纪委"]),
    "names only": ("举报登记", ["序号", "举报人姓名", "身份证号", "被举报人", "举报日期"], [1, SECRETS[0], SECRETS[2], "张伟", "2023.5.1"]),
    "letters only": ("来信来访登记", ["日期", "村", "信访事项", "来信内容"], ["2023.5.1", "燕家庄村", "土地", LETTER]),
    "hotline": ("12345热线工单", ["工单号", "诉求人", "诉求内容", "受理时间"], ["A1", SECRETS[0], LETTER, "2023.5.1"]),
    "under a heading nobody knows": ("群众来信", ["编号", "村", "日期", "要点"], [1, "燕家庄村", "2023.5.1", LETTER]),
    "a bare name under a petition title": ("信访登记表", ["序号", "姓名", "身份证号", "村名", "日期"], [1, SECRETS[0], SECRETS[2], "燕家庄村", "2023.5.1"]),
}  # fmt: skip


def everything(found: Round) -> str:
    """All cells of all tables of a case as one text."""
    names = [n for (n,) in found.rows("SELECT table_name FROM duckdb_tables()")]
    return "\n".join(str(found.rows(f"FROM {name}")) for name in names)


@pytest.mark.parametrize("kind", REGISTERS)
def test_a_register_of_letters_is_refused(tmp_path, kind):
    """Listed with the reason and what to do; counted among the files that were not used; nothing of it is kept."""
    title, head, row = REGISTERS[kind]
    xlsx(tmp_path / "材料.xlsx", {"Sheet1": [[title], head, row, row, row]})
    found = Round(tmp_path)
    assert found.rows("SELECT status, table_name FROM sheet") == [("refused", None)]
    ((status, why, todo),) = found.rows("SELECT status, why, todo FROM source_file")
    assert status == "refused"
    assert "不得收存" in why and "移出" in todo
    assert found.summary.files["not_recognised"] == 1
    assert not [secret for secret in SECRETS if secret in everything(found)]


def test_counts_pass_without_the_names_beside_them(tmp_path):
    """The columns of a table of counts that name people or quote letters are left out, and the sheet says which."""
    head = ["村", "年月", "件次", "重复件", "主要信访人", "反映的主要问题"]
    rows = [
        ["燕家庄村", "2023.5", 2, 1, SECRETS[0], LETTER],
        ["上洼村", "2023.5", 1, 0, SECRETS[0], LETTER],
        ["合计", None, 3, 1, None, LETTER],
    ]
    xlsx(tmp_path / "信访量统计.xlsx", {"Sheet1": [["2023年信访量统计"], head, *rows]})
    found = Round(tmp_path)
    assert found.rows("SELECT cases, repeats FROM petition_count ORDER BY row_id") == [
        (2, 1),
        (1, 0),
    ]
    assert "主要信访人" in found.one("SELECT why FROM sheet")
    assert not [secret for secret in SECRETS if secret in everything(found)]


def test_a_count_table_and_other_books_are_left_alone(tmp_path):
    """Categories are no letters; a person's column in an ordinary book is no petitioner's."""
    xlsx(
        tmp_path / "a.xlsx",
        {
            "信访": [
                ["信访件统计"],
                ["村", "月份", "件次", "反映问题类别"],
                *[["燕家庄村", f"2023.{m}", m, "土地承包"] for m in range(1, 6)],
            ]
        },
    )
    xlsx(tmp_path / "b.xlsx", {"低保": [["燕家庄村低保发放"], ["姓名", "身份证号", "联系电话", "金额", "情况说明"],
                                      *[["张伟", IDS[0], "13800010002", 300, "因病致贫，家庭主要劳动力丧失劳动能力，需长期服药"]] * 3]})  # fmt: skip
    found = Round(tmp_path)
    assert found.kinds() == ["petition_count", "subsidy"]
    assert found.one("SELECT count(category) FROM petition_count") == 5
    assert found.rows("SELECT why FROM sheet") == [("",), ("",)]
