"""Two results of a study, computed again from its tables.

    recount export tables TABLES
    python3 docs/tables.py TABLES

It prints how many of the people counted are women, and how many people carry
each top code, with the range of the number of people over the open questions.
Nothing but Python's own library is needed.
"""

import csv
import os
import sys


def table(name):
    with open(os.path.join(sys.argv[1], name + ".csv"), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


counted = [p for p in table("people") if p["counted"] == "1"]
print("people", len(counted))
print("women", sum(p["gender"] == "woman" for p in counted), "of", len(counted))

# From the long table: a person carries a code if a statement does. Who was not coded
# is no part of the whole.
coded = [p for p in counted if p.get("coded") == "1"]
statements = [s for s in table("statements") if s["counted"] == "1"]
codes = [c for c in (statements[0] if statements else {}) if c.startswith("code:") and "." not in c]
for code in codes:
    carry = {s["person"] for s in statements if s[code] == "1"}
    print(code.removeprefix("code:"), len(carry), "of", len(coded))

first = table("scenarios")[0]
print("range", first["low"], "to", first["high"])
