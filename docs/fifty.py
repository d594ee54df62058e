#!/usr/bin/env python3
"""Draws fifty statements, and the speakers of fifteen pages, for a person to read.

In: the recount program and a folder of saved pages (*.html.gz). Out, on
standard output: fifty statements, numbered, each with its page, type, resolved
speaker, source, cue, and content inside about 200 characters of context; then
fifteen pages with every speaker called woman, man, or a person of unknown gender.
Method: the English pages go through `recount text` and `recount quotes`;
the attributions that are speech are sorted by page and place, and fifty are
drawn with a recorded seed; the fifteen pages are drawn with the same seed from
those with a speaker called woman or man. Limits: the same fifty come out only
with the same program on the same pages, for another program finds other
statements.

Usage: python3 docs/fifty.py RECOUNT PAGES
"""

import json
import pathlib
import random
import subprocess
import sys

# The seed of the first reading was 20261122. The next number was taken for the
# second, before its draw was seen, because the errors of the first fifty were
# known when the extractor was changed.
SEED = 20261123
DRAWN = 50
PAGES = 15  # pages drawn for their speakers of a gender
CONTEXT = 200  # code points on each side of the statement


def lines_of(command, given=None):
    """Runs a command and returns its lines of JSON; exit status 1 means that
    some files could not be read, which their lines say."""
    done = subprocess.run(command, input=given, stdout=subprocess.PIPE, encoding="utf-8")
    if done.returncode not in (0, 1):
        sys.exit(f"{command[0]} {command[1]}: exit status {done.returncode}")
    return [json.loads(line) for line in done.stdout.split("\n") if line]


def english(recount, folder):
    """Returns the English articles of the folder by id, which is the name of
    the file without its endings."""
    files = sorted(str(path) for path in pathlib.Path(folder).glob("*.html.gz"))
    if not files:
        sys.exit(f"no *.html.gz in {folder}")
    articles = {}
    for page in lines_of([recount, "text", *files]):
        if page.get("language") != "en":
            continue
        id = pathlib.Path(page["file"]).name.removesuffix(".html.gz")
        fields = ("title", "outlet", "published", "language", "text")
        articles[id] = {"id": id, **{f: page.get(f) or "" for f in fields}}
    return articles


def begin(attribution):
    """Returns where an attribution's content begins, in code points."""
    return min(start for start, _ in attribution["content"])


def words(text, spans):
    """Returns the words of the spans, which are in code points."""
    return " ... ".join(text[start:end] for start, end in spans)


def shown(text, attribution):
    """Returns the statement in its context, the content in [[ and ]]."""
    spans = sorted(attribution["content"])
    around = spans + attribution["source"] + attribution["cue"]
    at = max(0, min(start for start, _ in around) - CONTEXT)
    last = min(len(text), max(end for _, end in around) + CONTEXT)
    out = []
    for start, end in spans:
        out += [text[at:start], "[[", text[start:end], "]]"]
        at = end
    return "".join(out) + text[at:last]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    recount, folder = sys.argv[1:]
    articles = english(recount, folder)
    given = "".join(json.dumps(a) + "\n" for a in articles.values())
    speech, gendered = [], []
    for read in lines_of([recount, "quotes"], given):
        speakers = {s["id"]: s for s in read.get("speakers") or []}
        if any(s["gender"] in ("woman", "man") for s in speakers.values()):
            gendered.append((read["id"], list(speakers.values())))
        for a in read.get("attributions") or []:
            if a["speech"]:
                speech.append((read["id"], begin(a), a, speakers.get(a.get("speaker"))))
    speech.sort(key=lambda s: s[:2])
    print(f"{len(articles)} English pages, {len(speech)} statements, seed {SEED}")
    for n, (id, _, a, speaker) in enumerate(random.Random(SEED).sample(speech, DRAWN), 1):
        text = articles[id]["text"]
        who = f'{speaker["name"]} ({speaker["kind"]}, {speaker["gender"]})' if speaker else "none"
        print(f"\n--- {n}. page {id[:12]} {a['type']} confidence {a['confidence']}")
        print(f"speaker: {who}")
        print(f"source: {words(text, a['source'])}")
        print(f"cue: {words(text, a['cue'])}")
        print(shown(text, a))

    gendered.sort(key=lambda g: g[0])
    print(f"\n{len(gendered)} pages with a speaker called woman or man")
    for id, speakers in sorted(random.Random(SEED).sample(gendered, PAGES), key=lambda g: g[0]):
        print(f"\n--- page {id[:12]}")
        for s in speakers:
            if s["gender"] != "none":
                print(f'{s["gender"]}: {s["name"]} ({s["kind"]})')


if __name__ == "__main__":
    main()
