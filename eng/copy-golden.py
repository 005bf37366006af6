#!/usr/bin/env python3
"""Copies the golden cases that the tests use from a full corpus into tests/golden.

    eng/copy-golden.py CORPUS        CORPUS is the folder that holds layers/, training/, models/ and dml/

Layers: the classes that LayerTable knows (and dtype policies of them). Training, models/keras3, models/keras2, models/summary and dml: all cases.
"""
import json, pathlib, re, shutil, sys

root = pathlib.Path(__file__).resolve().parent.parent
corpus = pathlib.Path(sys.argv[1])
target = root / "tests" / "golden"
sources = "\n".join(p.read_text() for p in (root / "src/Keras2Dml.Network/Layers").rglob("*.cs"))
known = set(re.findall(r'new KerasClass\(ObjectKind\.Layer, "(\w+)"', sources))
for names in re.findall(r'new KerasClass\(ObjectKind\.Layer, "\w+", \[([^\]]*)\]', sources):
    known |= set(re.findall(r'"(\w+)"', names))

shutil.rmtree(target, ignore_errors=True)
target.mkdir(parents=True)
for part in ["training", "models/keras3", "models/keras2", "models/summary", "dml"]:
    shutil.copytree(corpus / part, target / part, copy_function=shutil.copyfile)
(target / "layers").mkdir()
shutil.copyfile(corpus / "layers/README.md", target / "layers/README.md")
with open(target / "layers/index.jsonl", "w") as index:
    for line in open(corpus / "layers/index.jsonl"):
        case = json.loads(line)
        if case["layer"] not in known:
            continue
        index.write(line)
        folder = target / "layers" / case["folder"]
        folder.mkdir(exist_ok=True)
        for source in (corpus / "layers" / case["folder"]).glob(case["case"] + ".*"):
            shutil.copyfile(source, folder / source.name)
size = sum(p.stat().st_size for p in target.rglob("*") if p.is_file())
print(f"{sum(1 for p in target.rglob('*') if p.is_file())} files, {size / 1e6:.1f} MB")
