"""Makes xuncha_lib/people/match/characters.npz: readings, simplified forms and look-alikes of Chinese characters.

Look-alikes are computed from pictures: every common character is drawn in free fonts (a sans, a serif, a brush and a
second sans), blurred a little, and its nearest neighbours by pixels are kept. Only the distances leave this script;
no outline or picture of a font is stored (Noto: OFL-1.1; UKai: Arphic Public License; Zen Hei: GPL-2 with
font exception). Readings come from pypinyin (MIT), simplified forms from OpenCC (Apache-2.0).

    apt install fonts-noto-cjk fonts-arphic-ukai fonts-wqy-zenhei
    python data/characters/make.py
"""

import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import opencc
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from pypinyin.constants import PINYIN_DICT

from xuncha_lib.knowledge import read_yaml
from xuncha_lib.people.match.readings import plain_reading

FONTS = Path("/usr/share/fonts")
FACES = (
    ("opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("opentype/noto/NotoSerifCJK-Regular.ttc", 2),
    ("truetype/arphic/ukai.ttc", 0),
    ("truetype/wqy/wqy-zenhei.ttc", 0),
)
TARGET = Path(__file__).parents[2] / "xuncha_lib" / "people" / "match" / "characters.npz"
KNOWN = Path(__file__).parents[2] / "xuncha_lib" / "people" / "characters.yml"
FIRST, LAST = 0x3400, 0x9FFF
SIZE, KEPT, LEAST = 40, 16, 0.6
PART, INSIDE, BY_HAND = 0.7, 0.75, 0.85
"""How much a shared half, or a whole standing inside the other, counts beside the whole picture."""


def common() -> list[str]:
    """The characters of GB 2312, and what names use beyond it."""
    beyond = "喆堃犇镕玥珺璟瑄垚骉翀昇旻祎赟瑀燊昉昪珮栢峯濬叡頴淸靑髙囯姸勳昫浛芃珅玘琎堉垚烜暐玹珈瑢甯彧禛"
    found = [
        bytes([high, low]).decode("gb2312", "ignore")
        for high in range(0xB0, 0xF8)
        for low in range(0xA1, 0xFF)
    ]
    return sorted({c for c in [*found, *beyond] if len(c) == 1})


def draw(characters: list[str], face: str, index: int) -> np.ndarray:
    """Blurred, centred drawings, shape (n, SIZE, SIZE)."""
    font = ImageFont.truetype(str(FONTS / face), SIZE - 4, index=index)
    drawn = []
    for character in characters:
        image = Image.new("L", (SIZE, SIZE))
        pen = ImageDraw.Draw(image)
        left, top, right, bottom = pen.textbbox((0, 0), character, font=font)
        place = ((SIZE - right - left) / 2, (SIZE - bottom - top) / 2)
        pen.text(place, character, fill=255, font=font)
        drawn.append(np.asarray(image.filter(ImageFilter.GaussianBlur(1.6)), np.float32))
    return np.array(drawn)


def unit(pictures: np.ndarray) -> np.ndarray:
    """Pictures as unit vectors without their mean, shape (n, pixels)."""
    flat = pictures.reshape(len(pictures), -1)
    flat = flat - flat.mean(axis=1, keepdims=True)
    return flat / (np.linalg.norm(flat, axis=1, keepdims=True) + 1e-6)


def squeezed(pictures: np.ndarray, width: int, height: int) -> np.ndarray:
    """The whole pictures drawn smaller, as a part of another character would be."""
    return np.array(
        [np.asarray(Image.fromarray(p).resize((width, height), Image.BILINEAR)) for p in pictures]
    )


def views(pictures: np.ndarray) -> list[tuple[float, np.ndarray, np.ndarray]]:
    """Weight, and the two sides to be compared: wholes, equal parts, and a whole inside a part of the other."""
    half, most = SIZE * 9 // 20, SIZE * 3 // 8
    parts = [pictures[:, :, half:], pictures[:, half:], pictures[:, :, :-half], pictures[:, :-half]]
    found = [(1.0, unit(pictures), unit(pictures))]
    found += [(PART, unit(part), unit(part)) for part in parts]
    upright = unit(squeezed(pictures, SIZE - most, SIZE))
    flat = unit(squeezed(pictures, SIZE, SIZE - most))
    found += [
        (INSIDE, upright, unit(pictures[:, :, most:])),
        (INSIDE, flat, unit(pictures[:, most:])),
    ]
    found += [
        (INSIDE, upright, unit(pictures[:, :, :-most])),
        (INSIDE, flat, unit(pictures[:, :-most])),
    ]
    return found


def likeness(sides: list[list[tuple[float, np.ndarray, np.ndarray]]], rows: slice) -> np.ndarray:
    """How much the characters of `rows` look like each other one: the best view, mean over the faces."""
    whole: np.ndarray | None = None
    best: np.ndarray | None = None
    for view in zip(*sides, strict=True):
        weight = view[0][0]
        alike = sum(np.maximum(a[rows] @ b.T, b[rows] @ a.T) for _, a, b in view) / len(view)
        if whole is None:
            whole = best = alike
        else:
            best = np.maximum(best, weight * alike + (1 - weight) * whole)
    return best


def look_alikes(
    characters: list[str], by_hand: set[tuple[int, int]]
) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of look-alikes (a < b, indices into `characters`, sorted), and how much alike (1–7)."""
    sides = [views(draw(characters, *face)) for face in FACES]
    pairs: dict[tuple[int, int], float] = {}
    for start in range(0, len(characters), 500):
        alike = likeness(sides, slice(start, start + 500))
        alike[np.arange(len(alike)), np.arange(start, start + len(alike))] = -1
        best = np.argsort(-alike, axis=1, kind="stable")[:, :KEPT]
        for row, columns in enumerate(best, start):
            for column in columns.tolist():
                score = float(alike[row - start, column])
                if score >= LEAST:
                    pairs[min(row, column), max(row, column)] = score
    pairs |= {pair: max(pairs.get(pair, 0), BY_HAND) for pair in by_hand}
    keys = sorted(pairs)
    steps = [min(7, 1 + int((pairs[key] - LEAST) / (1 - LEAST) * 7)) for key in keys]
    return np.array(keys, np.uint16), np.array(steps, np.uint8)


def main() -> None:
    """Write the table."""
    points = [chr(c) for c in range(FIRST, LAST + 1)]
    simple = opencc.OpenCC("t2s").convert("\n".join(points)).split("\n")
    known = read_yaml(KNOWN.read_text(encoding="utf-8"))
    variants = {pair[0]: pair[1] for pair in known["variants"].split()}
    simple = [
        p if p in known["keep"] else variants.get(p, variants.get(s, s))
        for p, s in zip(points, simple, strict=True)
    ]
    readings = [plain_reading(PINYIN_DICT.get(ord(c), "")) for c in points]
    syllables = sorted(set(readings) - {""})
    number = {"": 0, **{s: i + 1 for i, s in enumerate(syllables)}}
    characters = common()
    by_hand = {
        (min(a, b), max(a, b))
        for group in known["look_alike"].split()
        for a, b in combinations([characters.index(c) for c in group if c in characters], 2)
    }
    pairs, score = look_alikes(characters, by_hand)
    spellings = [(ord(pair[0]), ord(pair[1])) for pair in known["surname_spellings"].split()]
    new = np.r_[True, pairs[1:, 0] != pairs[:-1, 0]]
    step = np.diff(pairs[:, 1].astype(np.int64), prepend=0)
    steps = np.where(new, pairs[:, 1] - pairs[:, 0].astype(np.int64), step)
    changed = [
        (p, s)
        for p, s in zip(points, simple, strict=True)
        if p != s and len(s) == 1 and ord(s) <= LAST
    ]
    np.savez_compressed(
        TARGET,
        written=np.array([ord(p) for p, _ in changed], np.uint16),
        simple=np.array([ord(s) for _, s in changed], np.uint16),
        reading=np.array([number[r] for r in readings], np.uint16),
        surname=np.array([ord(c) for c in known["surname_readings"]], np.uint16),
        surname_reading=np.array([number[r] for r in known["surname_readings"].values()], np.uint16),
        spelling=np.array(spellings, np.uint16),
        syllables=np.frombuffer("\n".join(syllables).encode("ascii"), np.uint8),
        common=np.array([ord(c) for c in characters], np.uint16),
        alike_count=np.bincount(pairs[:, 0], minlength=len(characters)).astype(np.uint8),
        alike_step=steps.astype(np.uint16),
        alike_score=score,
    )  # fmt: skip
    sys.stdout.write(f"{len(pairs)} pairs of look-alikes, {TARGET.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
