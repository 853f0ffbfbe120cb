"""Draws a weaving pattern as text: one character per crossing of warp and weft."""
import json
import pathlib
import sys

OVER, UNDER = "█", "·"


def draw(threading, treadling, width=32, height=12):
    """Returns the rows of the cloth: the weft shows where its shaft is lifted."""
    shafts = max(threading)
    rows = []
    for y in range(height):
        lifted = {treadling[y % len(treadling)], treadling[y % len(treadling)] % shafts + 1}
        rows.append("".join(OVER if threading[x % len(threading)] in lifted else UNDER for x in range(width)))
    return rows


if __name__ == "__main__":
    patterns = json.loads((pathlib.Path(__file__).parent / "patterns.json").read_text())
    name = sys.argv[1] if len(sys.argv) > 1 else "twill"
    print("\n".join(draw(**patterns[name])))
