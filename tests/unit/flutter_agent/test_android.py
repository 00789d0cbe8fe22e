"""The manifest, the Kotlin side and the Dart side agree, with each other and with the service."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from tests.unit.agent.house import House, json_of
from tests.unit.flutter_agent.app import APP, LIB, MAIN

_ANDROID = "{http://schemas.android.com/apk/res/android}"
KOTLIN = "".join(path.read_text(encoding="utf-8") for path in sorted(MAIN.rglob("*.kt")))
NATIVE = (LIB / "native" / "native.dart").read_text(encoding="utf-8")


def manifest() -> ElementTree.Element:
    return ElementTree.parse(MAIN / "AndroidManifest.xml").getroot()  # noqa: S314 - our own file


def attributes(path: str, name: str = "name") -> list[str]:
    return [element.get(f"{_ANDROID}{name}", "") for element in manifest().findall(path)]


def meta(name: str) -> str:
    (found,) = [e for e in manifest().iter("meta-data") if e.get(f"{_ANDROID}name") == name]
    return found.get(f"{_ANDROID}value") or found.get(f"{_ANDROID}resource") or ""


@pytest.mark.parametrize("kind", ["whatsapp_status", "tiktok_personal", "facebook_group"])
def test_every_app_that_the_service_names_is_visible(house: House, kind: str) -> None:
    token = house.token()
    house.plan(kind=kind)

    (task,) = json_of(house.ask("GET", "tasks", token=token))["tasks"]

    assert set(task["channel"]["packages"]) <= set(attributes("queries/package"))


def test_permission_is_asked_for_notifications_and_the_camera_only() -> None:
    asked = {name.removeprefix("android.permission.") for name in attributes("uses-permission")}

    assert asked == {"INTERNET", "POST_NOTIFICATIONS", "CAMERA"}


def test_the_channel_of_pushes_is_the_services() -> None:
    made = (LIB / "push" / "system_notices.dart").read_text(encoding="utf-8")

    assert meta("com.google.firebase.messaging.default_notification_channel_id") == "manual_tasks"
    assert "const channelId = 'manual_tasks';" in made


def test_only_the_activity_is_open_to_others() -> None:
    """So a tap on a notification starts the activity itself: nothing of ours stands between."""
    activities = manifest().findall("application/activity")
    others = [e for e in manifest().findall("application/*") if e.tag in ("service", "receiver", "provider")]

    assert [e.get(f"{_ANDROID}exported") for e in activities] == ["true"]
    assert [e.get(f"{_ANDROID}exported") for e in others] == ["false"]


def test_links_to_tasks_open_the_app() -> None:
    links = [d for d in manifest().findall("application/activity/intent-filter/data")]

    assert [(d.get(f"{_ANDROID}scheme"), d.get(f"{_ANDROID}pathPrefix")) for d in links] == [
        ("https", "/agent/")
    ]


def test_files_are_lent_from_the_folder_where_they_are_kept() -> None:
    paths = ElementTree.parse(MAIN / "res" / "xml" / "file_paths.xml").getroot()  # noqa: S314 - our own file
    kept = (LIB / "phone" / "stores.dart").read_text(encoding="utf-8")

    assert [(e.tag, e.get("path")) for e in paths] == [("cache-path", "media/")]
    assert "MediaCache(Directory('${cache.path}/media'))" in kept
    assert attributes("application/provider", "authorities") == ["${applicationId}.files"]
    assert '"${context.packageName}.files"' in KOTLIN


def test_the_token_is_in_no_backup() -> None:
    assert attributes("application", "allowBackup") == ["false"]
    assert attributes("application", "dataExtractionRules") == ["@xml/no_backup"]


def test_both_sides_know_the_same_calls() -> None:
    asked = set(re.findall(r"invoke(?:Map)?Method<[^(]+>\('(\w+)'", NATIVE))
    answered = set(re.findall(r'^ +"(\w+)" -> ', KOTLIN.partition("onMethodCall")[2], re.MULTILINE))

    assert asked == answered
    assert "MethodChannel('postengine/native')" in NATIVE
    assert 'CHANNEL = "postengine/native"' in KOTLIN


def test_both_sides_know_the_same_arguments() -> None:
    sent = set(re.findall(r"^ +'(\w+)':", NATIVE, re.MULTILINE))
    taken = set(re.findall(r'call\.argument<[^(]+>\("(\w+)"\)', KOTLIN))

    assert sent == taken


@pytest.mark.parametrize(
    "fact",
    [
        "https://wa.me/status",
        '"share_type", "SHARE_TO_STATUS"',
        '"source_app_package_name"',
        '"com.whatsapp"',
    ],
)
def test_a_status_is_shared_as_whatsapp_documents_it(fact: str) -> None:
    assert fact in KOTLIN


def test_every_way_to_share_is_answered_in_kotlin_or_is_the_fallback() -> None:
    modes = set(re.findall(r'order\.mode [!=]= "(\w+)"', KOTLIN))

    assert modes == {"share_to_status", "open_url"}  # `package` and `chooser` follow from the packages


def test_every_resource_that_is_named_is_there() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in MAIN.rglob("*.xml"))
    values = "".join(p.read_text(encoding="utf-8") for p in (MAIN / "res" / "values").glob("*.xml"))

    for kind, name in re.findall(r'"@(drawable|mipmap|xml|string|color|style)/(\w+)"', text):
        in_file = any(path.stem == name for path in (MAIN / "res").glob(f"{kind}*/*.xml"))
        assert in_file or f'name="{name}"' in values, f"@{kind}/{name}"


def test_the_package_is_the_same_everywhere() -> None:
    gradle = (APP / "android" / "app" / "build.gradle.kts").read_text(encoding="utf-8")
    packages = set(re.findall(r"^package (\S+)$", KOTLIN, re.MULTILINE))

    assert packages == {"com.example.postengine_agent"}
    assert 'namespace = "com.example.postengine_agent"' in gradle
    assert all("com/example/postengine_agent" in str(path) for path in MAIN.rglob("*.kt"))
