"""The rows of `generate.py` in every format that Segue reads and Python can write by itself.

`write(rows, folder, form)` gives the path to add as an audience. The expectation is always computed
from the rows, not from these files.
"""

import codecs
import csv
import gzip
import io
import json
import os

import generate

# What a model says of the columns that segments compare with numbers; all others are text.
NUMBERS = {"Spend": "decimal", "Visits": "int64"}
DAY = "Customer/2026/11/01/0830"
CLOUD = "https://account.blob.core.windows.net/box/CustomerInsights_1/Weekly"


def delimited(rows, delimiter=",", header=True):
    text = io.StringIO()
    writer = csv.DictWriter(text, generate.COLUMNS, extrasaction="ignore", delimiter=delimiter, lineterminator="\r\n")
    if header:
        writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def objects(rows):
    """One object a line; what is blank is null, or left out in every other row."""
    lines = []
    for place, row in enumerate(rows):
        cells = {name: row[name] or None for name in generate.COLUMNS}
        if place % 2:
            cells = {name: cell for name, cell in cells.items() if cell is not None}
        lines.append(json.dumps(cells, ensure_ascii=place % 3 == 0) + "\n")
    return "".join(lines)


def cdm(rows):
    """A model and two files without a header, as Customer Insights lays them out."""
    names = [f"{DAY}/Customer_{number}.csv" for number in (1, 2)]
    attributes = [{"name": name, "dataType": NUMBERS.get(name, "string")} for name in generate.COLUMNS]
    partitions = [{"name": name.rpartition("/")[2], "location": f"{CLOUD}/{name}"} for name in names]
    other = {"$type": "LocalEntity", "name": "Contacts", "attributes": attributes[:1], "partitions": []}
    customer = {"$type": "LocalEntity", "name": "Customer", "attributes": attributes, "partitions": partitions}
    model = {"name": "Weekly", "version": "1.0", "entities": [other, customer]}
    half = len(rows) // 2
    return {
        "cdm/model.json": json.dumps(model, indent=2).encode(),
        f"cdm/{names[0]}": delimited(rows[:half], header=False).encode(),
        f"cdm/{names[1]}": delimited(rows[half:], header=False).encode(),
    }


FORMS = {
    "csv": lambda rows: {"customers.csv": delimited(rows).encode()},
    "mark": lambda rows: {"customers.csv": codecs.BOM_UTF8 + delimited(rows, ";").encode()},
    "utf-16": lambda rows: {"customers.txt": codecs.BOM_UTF16_LE + delimited(rows, "\t").encode("utf-16-le")},
    "gzip": lambda rows: {"customers.csv.gz": gzip.compress(delimited(rows).encode(), mtime=0)},
    "ndjson": lambda rows: {"customers.ndjson": objects(rows).encode()},
    "cdm": cdm,
}


def write(rows, folder, form):
    """Writes the files whole, then puts each in its place."""
    files = FORMS[form](rows)
    for name, contents in files.items():
        path = folder / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(path.name + ".new")
        temporary.write_bytes(contents)
        os.replace(temporary, path)
    return folder / "source" / next(iter(files)).split("/")[0]
