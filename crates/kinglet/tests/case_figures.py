"""The headline figures of the small-cap note, recomputed from the fact tables with nothing but the
csv module: what `it/case.rs` compares the note with.

    python3 crates/kinglet/tests/case_figures.py crates/kinglet-store/facts

prints one line for each: the query and its value. It shares no code with kinglet.
"""

import csv
import sys
from pathlib import Path

facts = Path(sys.argv[1])


def table(name):
    with open(facts / name, newline="") as file:
        return list(csv.DictReader(file))


# The last close of each month, by index.
closes = {}
for row in table("index_month_end.csv"):
    closes.setdefault(row["id"], {})[row["date"][:7]] = float(row["close"])


def month(text, plus):
    number = int(text[:4]) * 12 + int(text[5:7]) - 1 + plus
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def change(index, base, end):
    """Per cent from one month-end to another."""
    return (closes[index][end] / closes[index][base] - 1) * 100


LAST = "2026-07"
BEFORE = month(LAST, -1)
TEN = month(LAST, -120)
YEAR = "2025-12"

print("return(RUT, 2026-07)", change("RUT", BEFORE, LAST))
print("return(SPX, 2026-07)", change("SPX", BEFORE, LAST))
print("return(RUT, ytd@2026-07-31)", change("RUT", YEAR, LAST))
print("return(SPX, ytd@2026-07-31)", change("SPX", YEAR, LAST))
for years in (1, 5):
    for index in ("RUT", "SPX"):
        print(f"return({index}, {years}y@2026-07-31)", change(index, month(LAST, -12 * years), LAST))
print("return(RUT, 10y@2026-07-31)", change("RUT", TEN, LAST))
print("return(SPX, 10y@2026-07-31)", change("SPX", TEN, LAST))
print(
    "return(RUT, 10y@2026-07-31) - return(SPX, 10y@2026-07-31)",
    change("RUT", TEN, LAST) - change("SPX", TEN, LAST),
)
print("ratio", closes["RUT"][LAST] / closes["SPX"][LAST])

first = month(min(closes["RUT"]), 1)
months = []
at = first
while at <= LAST:
    months.append(at)
    at = month(at, 1)
returns = {m: change("RUT", month(m, -1), m) for m in months}
judged = [m for m in months if month(m, 6) <= LAST]
after = {m: change("RUT", m, month(m, 6)) for m in judged}
events = [m for m in months if returns[m] >= 10]
past = [m for m in events if m in after]
print("first month", first, "last month judged", judged[-1])
print("months of ten percent and more, all", len(events), "judged", len(past))
print("of these followed by a gain", sum(after[m] > 0 for m in past))
print("share", 100 * sum(after[m] > 0 for m in past) / len(past))
print("share of all months", 100 * sum(after[m] > 0 for m in judged) / len(judged))
print("average after them", sum(after[m] for m in past) / len(past))
print("average after all", sum(after[m] for m in judged) / len(judged))
for m in events:
    print(" ", m, round(returns[m], 2), round(after[m], 2) if m in after else "not over yet")

years = [str(y) for y in range(int(first[:4]) + 1, int(LAST[:4]))]
gaps = {
    y: change("RUT", f"{int(y) - 1}-12", f"{y}-12") - change("SPX", f"{int(y) - 1}-12", f"{y}-12")
    for y in years
}
print("years", years[0], years[-1], "ahead", sum(g > 0 for g in gaps.values()))
print("behind", sum(g < 0 for g in gaps.values()))

changes = table("fed_target.csv")
known = [r for r in changes if r["announce_date"] <= "2026-07-31"]
print("target", known[-1]["lower"], known[-1]["upper"], known[-1]["announce_date"])
print("last change", known[-1]["change_bp"])
cuts = [
    b["announce_date"]
    for a, b in zip(known, known[1:])
    if float(a["change_bp"]) > 0 > float(b["change_bp"])
]
total = 0
for cut in cuts:
    start = cut[:7]
    small, large = (change(i, start, month(start, 12)) for i in ("RUT", "SPX"))
    total += small - large
    print("  first cut", cut, round(small, 2), round(large, 2), round(small - large, 2))
print("average gap after first cuts", total / len(cuts))

yields = {(r["id"], r["month"]): float(r["value"]) for r in table("macro_monthly.csv")}
for maturity in ("GS2", "GS10"):
    print(maturity, "2026-06", yields[(maturity, "2026-06")])
