"""Reads MISP events, one a line on standard input, with PyMISP: by the schemas that it
ships and by its own classes. The argument is the file of the object's template. Prints
how many events it read; what it does not take ends it."""

import json
import pathlib
import sys

import jsonschema
import pymisp

data = pathlib.Path(pymisp.__file__).parent / "data"
template = json.loads(pathlib.Path(sys.argv[1]).read_text())
types = json.loads((data / "describeTypes.json").read_text())["result"]


def schema(name):
    return json.loads((data / name).read_text())


# The template: its published schema, and for every attribute a type and a category that go
# together.
jsonschema.validate(template, schema("misp-objects/schema_objects.json"))
for relation, a in template["attributes"].items():
    assert a["misp-attribute"] in types["types"], relation
    for category in a.get("categories", []):
        assert a["misp-attribute"] in types["category_type_mappings"][category], (relation, category)


def check(event):
    # The published schema of an event is older than objects: the event is held against it
    # without them, and with their attributes as its own.
    shape = schema("schema.json")
    bare = {k: v for k, v in event.items() if k != "Object"}
    jsonschema.validate({"Event": bare}, shape)
    own = [{k: v for k, v in a.items() if k not in ("object_relation", "object_id")} for o in event["Object"] for a in o["Attribute"]]
    jsonschema.validate({"Event": dict(bare, Attribute=own)}, shape)

    read = pymisp.MISPEvent()
    read.from_dict(**json.loads(json.dumps(event)))
    assert read.uuid == event["uuid"] and read.info == event["info"] and len(read.objects) == len(event["Object"])
    for given in event["Object"]:
        o = pymisp.MISPObject(given["name"], strict=True, misp_objects_template_custom=template)
        o.from_dict(**json.loads(json.dumps(given)))
        assert o._known_template and o.template_uuid == given["template_uuid"]
        back = json.loads(o.to_json(strict=True))  # holds it against requiredOneOf and multiple
        assert len(back["Attribute"]) == len(given["Attribute"]), (len(back["Attribute"]), len(given["Attribute"]))
        for was, now in zip(given["Attribute"], back["Attribute"]):
            assert was["object_relation"] in template["attributes"], was
            for field in ("uuid", "object_relation", "type", "category", "to_ids", "disable_correlation"):
                assert now.get(field) == was[field], (field, was, now)
            if was["type"] not in ("datetime", "float"):  # which it writes in a form of its own
                assert now["value"] == was["value"], (was, now)
            if was.get("data"):
                assert now["data"] == was["data"], was["object_relation"]


count = 0
for line in sys.stdin:
    check(json.loads(line)["Event"])
    count += 1
print("events:", count)
