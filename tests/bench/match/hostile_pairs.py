"""Tricky pairs as field people hand them in, each with the answer a careful person gives from these cells alone.

Answers: `same` (score ≥ .5), `different` (below .5 or not listed), `unsure` (below .9 and no level L1–L4: "needs a
look", never a finding), `conflict` (one number under two names: any score, but never level L1), `weak` (any score, but no level L1–L4).
Cells: name, id, phone, bank, village; absent = empty. People and numbers are invented.
"""

import numpy as np
from people import check_characters

CELLS = ("name", "id", "phone", "bank", "village")
HOME, OTHER = "柿子沟村", "石佛峪村"


def number(born: int, order: int, region: int = 370124) -> str:
    """An ID number with a valid check character: region, birth date, sequence number."""
    digits = f"{region}{born}{order:03d}"
    check = check_characters(np.array([[int(d) for d in digits]]))[0]
    return digits + chr(check)


def old(full: str) -> str:
    """The fifteen-digit form."""
    return full[:6] + full[8:17]


def stars(full: str, first: int, last: int) -> str:
    """Only the first and last characters shown."""
    return full[:first] + "*" * (18 - first - last) + (full[-last:] if last else "")


A, B, C = number(19580312, 11), number(19830725, 33), number(19600101, 24)
X = next(n for i in range(1, 99, 2) if (n := number(19710606, i)).endswith("X"))
D, E = number(19760909, 15), number(19500101, 13)
CARD, CARD2 = "6230520265000018841", "6228480267000090017"
PHONE, CLERK = "13853190021", "13953100068"


def row(
    name: str | None = None, id: str | None = None, phone=None, bank=None, village=None
) -> dict:
    return dict(zip(CELLS, (name, id, phone, bank, village), strict=True))


def cases() -> list[tuple[str, dict, dict, str]]:
    """(what it is, left row, right row, answer)."""
    return [*_numbers(), *_masks(), *_families(), *_names(), *_places(), *_placeholders()]


def _numbers() -> list[tuple[str, dict, dict, str]]:
    wide = A.translate({48 + d: 0xFF10 + d for d in range(10)})
    digit = A[:13] + str((int(A[13]) + 4) % 10) + A[14:]
    swapped = B[:9] + B[10] + B[9] + B[11:]
    return [
        ("18 digits both, same name", row("宋建国", A), row("宋建国", A), "same"),
        ("15 against 18 digits", row("宋建国", old(A)), row("宋建国", A), "same"),
        ("15 against 15 digits, other name of the same house", row("宋建国", old(A), village=HOME), row("宋秀兰", old(number(19580312, 22)), village=HOME), "different"),
        ("X in lower case", row("鲍玉山", X), row("鲍玉山", X.lower()), "same"),
        ("X written as a cross", row("鲍玉山", X), row("鲍玉山", X[:17] + "×"), "same"),
        ("X written as a star", row("鲍玉山", X[:17] + "*"), row("鲍玉山", X), "same"),
        ("full-width digits", row("宋建国", wide), row("宋建国", A), "same"),
        ("apostrophe and tab before the number", row("宋建国", "'" + A), row("宋建国", "\t" + A), "same"),
        ("spaces inside the number", row("宋建国", f"{A[:6]} {A[6:14]} {A[14:]}"), row("宋建国", A), "same"),
        ("O for 0", row("宋建国", A.replace("0", "O"), village=HOME), row("宋建国", A, village=HOME), "same"),
        ("one digit wrong, same name and village", row("宋建国", digit, village=HOME), row("宋建国", A, village=HOME), "same"),
        ("two digits swapped, moved to another village", row("娄翠萍", swapped, village=OTHER), row("娄翠萍", B, village=HOME), "same"),
        ("fifteen significant digits", row("宋建国", A[:15] + "000", village=HOME), row("宋建国", A, village=HOME), "same"),
        ("fifteen significant digits, brother born the same day", row("宋建国", A[:15] + "000", village=HOME), row("宋建民", number(19580312, 13), village=HOME), "different"),
        ("power of ten on both sides, other names", row("宋建国", "3.70124E+17", village=HOME), row("宋利民", "3.70124E+17", village=HOME), "different"),
        ("power of ten on both sides, common name, other village", row("王伟", "3.70124E+17", village=HOME), row("王伟", "3.70124E+17", village=OTHER), "unsure"),
        ("twins: sequence numbers two apart, names alike", row("张国强", number(19830725, 33), village=HOME), row("张国庆", number(19830725, 35), village=HOME), "different"),
        ("twins with names of one sound", row("张丽", number(19830725, 42), village=HOME), row("张莉", number(19830725, 44), village=HOME), "different"),
        ("same common name and village, two full numbers", row("王伟", A, village=HOME), row("王伟", B, village=HOME), "different"),
        ("one digit of the date wrong, namesake of another village", row("张敏", number(19830725, 42), village=HOME), row("张敏", number(19830825, 28), village=OTHER), "different"),
        ("equal number, nothing else alike", row("宋建国", A, village=HOME), row("段玉琴", A, village=OTHER), "conflict"),
        ("surname of one sound, number mistyped, same village", row("汪秀珍", C[:16] + "9" + C[17], village=HOME), row("王秀珍", C, village=HOME), "same"),
    ]  # fmt: skip


def _masks() -> list[tuple[str, dict, dict, str]]:
    short = A[:6] + "****" + A[-4:]
    return [
        ("six and four shown, same name", row("宋建国", stars(A, 6, 4), village=HOME), row("宋建国", A, village=HOME), "same"),
        ("fewer stars than digits", row("宋建国", short, village=HOME), row("宋建国", A, village=HOME), "same"),
        ("crosses instead of stars", row("宋建国", stars(A, 6, 4).replace("*", "X")), row("宋建国", A), "same"),
        ("middle of name and number masked", row("宋*国", stars(A, 6, 4), village=HOME), row("宋建国", A, village=HOME), "same"),
        ("masked on both sides in two ways", row("娄*萍", stars(B, 10, 4), village=HOME), row("娄翠萍", stars(B, 6, 6), village=HOME), "same"),
        ("only the region shown, common name, other village", row("王伟", stars(A, 6, 0), village=HOME), row("王伟", B, village=OTHER), "unsure"),
        ("last four agree by chance, birth year shown differs", row("王芳", "3701241960****0021", village=HOME), row("王芳", "370124196801010021", village=OTHER), "different"),
        ("last four agree, common name, other village", row("王芳", "**************" + C[-4:], village=OTHER), row("王芳", C, village=HOME), "unsure"),
        ("last four agree, common name, same village", row("王芳", "**************" + C[-4:], village=HOME), row("王芳", C, village=HOME), "same"),
        ("mask agrees with the head's number, given name differs at the end", row("宋*国", stars(A, 6, 4), village=HOME), row("宋建军", A, village=HOME), "different"),
        ("mask on both, last four differ, common name", row("李秀英", stars(C, 6, 4), village=HOME), row("李秀英", stars(number(19450101, 46), 6, 4), village=HOME), "different"),
        ("surname and 某 only, number mask fits", row("娄某", stars(B, 10, 4), village=HOME), row("娄翠萍", B, village=HOME), "same"),
        ("surname and 某某, village only", row("王某某", village=HOME), row("王建设", village=HOME), "unsure"),
        ("two-character mask of a three-character name, phone equal", row("宋**", phone=PHONE, village=HOME), row("宋建国", A, PHONE, village=HOME), "unsure"),
        ("masked phone fits, same name and village", row("宋建国", phone="138****0021", village=HOME), row("宋建国", phone=PHONE, village=HOME), "same"),
        ("masked compound surname", row("欧阳*", stars(D, 6, 4)), row("欧阳娜", D), "same"),
        ("all of the name masked, number fits", row("***", stars(B, 6, 4), village=HOME), row("娄翠萍", B, village=HOME), "unsure"),
        ("everything masked on both sides", row("王**", "370124************", "138********", village=HOME), row("王**", "370124************", "138********", village=HOME), "unsure"),
    ]  # fmt: skip


def _families() -> list[tuple[str, dict, dict, str]]:
    return [
        ("the head's number on the wife's row", row("宋建国", A, village=HOME), row("李秀英", A, village=HOME), "conflict"),
        ("the wife's row is not the head", row("宋建国", A, PHONE, CARD, HOME), row("李秀英", C, PHONE, CARD, HOME), "different"),
        ("the head's number on the son's row", row("宋小虎", A, village=HOME), row("宋建国", A, village=HOME), "conflict"),
        ("father and son of one sound, both numbers", row("李志强", E, village=HOME), row("李治强", D, village=HOME), "different"),
        ("father and son share phone and card, given names differ", row("宋建国", None, PHONE, CARD, HOME), row("宋小虎", D, PHONE, CARD, HOME), "different"),
        ("brothers with the generation character, phone equal", row("王德福", None, PHONE, None, HOME), row("王德林", D, PHONE, None, HOME), "different"),
        ("brothers of one sound, both numbers", row("王德福", A, village=HOME), row("王德富", number(19600812, 15), village=HOME), "different"),
        ("brothers of one sound, no numbers, same phone", row("王德福", phone=PHONE, village=HOME), row("王德富", phone=PHONE, village=HOME), "unsure"),
        ("sisters-in-law share a card, no numbers", row("李桂英", bank=CARD, village=HOME), row("张桂英", bank=CARD, village=HOME), "different"),
        ("mother and daughter, one phone, other surnames", row("姚桂花", phone=PHONE, village=HOME), row("宋小燕", phone=PHONE, village=HOME), "different"),
        ("the clerk's phone for many, other names", row("孙大勇", phone=CLERK, village=HOME), row("孙二勇", phone=CLERK, village=HOME), "different"),
        ("son of the named", row("宋建国之子", village=HOME), row("宋建国", A, village=HOME), "different"),
        ("wife of the named", row("宋建国之妻", phone=PHONE, village=HOME), row("宋建国", A, PHONE, village=HOME), "different"),
        ("mask of a member under the head's phone", row("宋*虎", phone=PHONE, village=HOME), row("宋建国", A, PHONE, village=HOME), "different"),
        ("widow's style, same number", row("王张氏", C, village=HOME), row("王张氏", C, village=HOME), "same"),
        ("widow's style against her own name, same number", row("王张氏", C, village=HOME), row("张桂英", C, village=HOME), "conflict"),
        ("two widows of one house", row("王张氏", village=HOME), row("王李氏", village=HOME), "different"),
        ("father's name one character longer", row("李强", D, village=HOME), row("李志强", E, village=HOME), "different"),
    ]  # fmt: skip


def _names() -> list[tuple[str, dict, dict, str]]:
    return [
        ("former name in brackets, same number", row("刘卫东(曾用名刘狗剩)", A), row("刘狗剩", A), "same"),
        ("former name in brackets, same village only", row("刘卫东（曾用名：刘狗剩）", village=HOME), row("刘狗剩", village=HOME), "same"),
        ("new name, everything else equal", row("赵铁柱", A, PHONE, CARD, HOME), row("赵文博", A, PHONE, CARD, HOME), "conflict"),
        ("middle dot against full stop", row("买买提·艾力", village=HOME), row("买买提.艾力", village=HOME), "same"),
        ("middle dot against bullet", row("买买提•艾力", D), row("买买提·艾力", D), "same"),
        ("no dot at all, same phone", row("买买提艾力", phone=PHONE), row("买买提·艾力", phone=PHONE), "same"),
        ("given name alone, other village", row("买买提", village=HOME), row("买买提·艾力", village=OTHER), "unsure"),
        ("same given name, other father", row("阿依古丽·买买提", village=HOME), row("阿依古丽·艾力", village=HOME), "different"),
        ("compound surname with blanks", row("欧 阳 娜", village=HOME), row("欧阳娜", village=HOME), "same"),
        ("compound surname halved, same phone", row("阳娜", phone=PHONE, village=HOME), row("欧阳娜", phone=PHONE, village=HOME), "same"),
        ("Latin letters, same number", row("Ouyang Na", D), row("欧阳娜", D), "same"),
        ("pinyin in place, same phone", row("宋jian国", phone=PHONE), row("宋建国", phone=PHONE), "same"),
        ("private code point, same phone and village", row("王\ue5d2", phone=PHONE, village=HOME), row("王䶮", phone=PHONE, village=HOME), "same"),
        ("question mark, number mask fits", row("鄢?芹", stars(C, 6, 4), village=HOME), row("鄢喆芹", C, village=HOME), "same"),
        ("the same box on both sides, nothing else", row("王□", village=HOME), row("王□", village=HOME), "unsure"),
        ("traditional, number mask fits", row("劉建國", stars(E, 6, 4)), row("刘建国", E), "same"),
        ("闫 and 阎, same phone", row("闫秀梅", phone=PHONE), row("阎秀梅", phone=PHONE), "same"),
        ("付 and 傅, rare name, same village", row("付翎岫", village=HOME), row("傅翎岫", village=HOME), "same"),
        ("compatibility character", row("⾦善宝", phone=PHONE), row("金善宝", phone=PHONE), "same"),
        ("byte order mark and zero-width space", row("\ufeff鄢秀珍\u200b", village=HOME), row("鄢秀珍", village=HOME), "same"),
        ("deceased, same number", row("宋建国(已故)", A), row("宋建国", A), "same"),
        ("and two others, same phone", row("宋建国等3人", phone=PHONE, village=HOME), row("宋建国", phone=PHONE, village=HOME), "same"),
        ("two names in one cell, same number", row("宋建国、李秀英", A), row("宋建国", A), "same"),
        ("old so-and-so, village only", row("老宋", village=HOME), row("宋建国", A, village=HOME), "unsure"),
        ("the secretary, village only", row("宋书记", village=HOME), row("宋建国", A, village=HOME), "unsure"),
        ("two of one name told apart by group", row("王伟(东组)", A, village=HOME), row("王伟(西组)", D, village=HOME), "different"),
        ("numbered namesakes", row("王伟1", village=HOME), row("王伟2", village=HOME), "unsure"),
        ("characters swapped, same number", row("宋国建", A), row("宋建国", A), "same"),
        ("characters swapped, village only", row("王国建", village=HOME), row("王建国", village=HOME), "unsure"),
        ("unique name, nothing else", row("亓官雪岫"), row("亓官雪岫"), "weak"),
        ("reading of a heteronym surname, same phone", row("单立新", phone=PHONE), row("善立新", phone=PHONE), "same"),
        ("wrong look and wrong sound, number equal", row("末建囯", A), row("宋建国", A), "same"),
    ]  # fmt: skip


def _places() -> list[tuple[str, dict, dict, str]]:
    return [
        ("one village name in two towns, common name", row("王伟", village="孝河镇" + HOME), row("王伟", village="玉泉镇" + HOME), "unsure"),
        ("village spelt at length, rare name", row("鄢树芹", village="柿子沟"), row("鄢树芹", village="柿子沟村民委员会"), "same"),
        ("village with its county and town", row("鄢树芹", village="平阴县孝河镇柿子沟村"), row("鄢树芹", village=HOME), "same"),
        ("village with one wrong character", row("鄢树芹", village="市子沟村"), row("鄢树芹", village=HOME), "same"),
        ("group within the village", row("鄢树芹", village="柿子沟村3组"), row("鄢树芹", village=HOME), "same"),
        ("common name, same village, neither number", row("王伟", village=HOME), row("王伟", village=HOME), "unsure"),
        ("rare name, other villages", row("鄢树芹", village=OTHER), row("鄢树芹", village=HOME), "unsure"),
        ("east and west village", row("王芳", village="东柿子沟村"), row("王芳", village="西柿子沟村"), "unsure"),
    ]  # fmt: skip


def _placeholders() -> list[tuple[str, dict, dict, str]]:
    zero = "0" * 18
    return [
        ("so-and-so on both sides", row("某某", village=HOME), row("某某", village=HOME), "unsure"),
        ("crosses for a name", row("×××", village=HOME), row("×××", village=HOME), "unsure"),
        ("nameless, other villages", row("无名氏", village=HOME), row("无名氏", village=OTHER), "unsure"),
        ("unknown, same village", row("不详", village=HOME), row("不详", village=HOME), "unsure"),
        ("zeros for a number, other names", row("宋建国", zero, village=HOME), row("段玉琴", zero, village=OTHER), "different"),
        ("zeros for a number, common name, other village", row("王伟", zero, village=HOME), row("王伟", zero, village=OTHER), "unsure"),
        ("'none' for a number, other names", row("宋建国", "无", village=HOME), row("段玉琴", "无", village=HOME), "different"),
        ("'none' for a number, common name, other village", row("王芳", "无", village=HOME), row("王芳", "无", village=OTHER), "unsure"),
        ("region and zeros, common name, other village", row("王芳", "370124000000000000", village=HOME), row("王芳", "370124000000000000", village=OTHER), "unsure"),
        ("placeholder phone, common name, other village", row("王伟", phone="13800000000", village=HOME), row("王伟", phone="13800000000", village=OTHER), "unsure"),
        ("ones for a phone, other names", row("宋建国", phone="11111111111", village=HOME), row("宋利民", phone="11111111111", village=HOME), "different"),
        ("a word in the card column, common name", row("王伟", bank="社保卡", village=HOME), row("王伟", bank="社保卡", village=OTHER), "unsure"),
        ("cash in the card column, other names", row("宋建国", bank="现金", village=HOME), row("段玉琴", bank="现金", village=HOME), "different"),
        ("columns shifted: number under name, name under number", row(A, "宋建国", village=HOME), row("段玉琴", C, village=HOME), "different"),
        ("village under name on both sides", row(HOME, A), row(HOME, B), "different"),
        ("a total row", row("合计", village=HOME), row("合计", village=HOME), "unsure"),
        ("two phones in one cell", row("宋建国", phone=f"{PHONE}/13953177722", village=HOME), row("宋建国", phone=PHONE, village=HOME), "same"),
        ("phone with country code and dashes", row("宋建国", phone="+86 138-5319-0021"), row("宋建国", phone=PHONE), "same"),
        ("card in groups of four", row("娄翠萍", bank=" ".join(CARD2[i : i + 4] for i in range(0, 19, 4))), row("娄翠萍", bank=CARD2), "same"),
        ("card that lost its last four, same name and village", row("娄翠萍", bank=CARD2[:15] + "0000", village=HOME), row("娄翠萍", bank=CARD2, village=HOME), "same"),
    ]  # fmt: skip
