"""The deployment's files are what they promise; no container engine is needed to see that."""

import re

import yaml

from tests.running import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()
SERVICES = COMPOSE["services"]


def test_every_part_of_the_deployment_is_there():
    assert set(SERVICES) == {"prepare", "web", "worker", "beat", "postgres", "redis"}


def test_every_lasting_service_has_a_health_check():
    lasting = set(SERVICES) - {"prepare"}
    assert {name for name in lasting if "healthcheck" in SERVICES[name]} | {"web"} == lasting
    assert "HEALTHCHECK" in DOCKERFILE


def test_workers_can_be_multiplied_and_beat_is_alone():
    for name in ("worker", "beat"):
        assert "container_name" not in SERVICES[name]
        assert "ports" not in SERVICES[name]
    assert "beat" not in SERVICES["worker"]["command"]


def test_it_does_not_run_as_root():
    lines = [line for line in DOCKERFILE.splitlines() if line.startswith(("USER", "CMD"))]
    assert lines[0].split() == ["USER", "reex"]
    assert SERVICES["web"]["cap_drop"] == ["ALL"]


def test_secrets_must_be_given():
    environment = SERVICES["web"]["environment"]
    for name in ("DATABASE_URL", "REEX_SECRET_KEY"):
        assert ":?" in environment[name]


def test_volumes_named_are_volumes_declared():
    named = {
        volume.partition(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", [])
        if re.match(r"[a-z]", volume)
    }
    assert named == set(COMPOSE["volumes"])


def test_the_lock_files_name_no_index_and_hash_everything():
    for name, least in (("requirements.txt", 20), ("requirements-dev.txt", 20), ("requirements-s3.txt", 5)):
        text = (ROOT / name).read_text()
        assert "://" not in text
        pinned = re.findall(r"^[a-z0-9].*==", text, re.MULTILINE)
        assert len(pinned) > least
        assert len(re.findall(r"^[a-z0-9][^\n]*\\\n    --hash=sha256:", text, re.MULTILINE)) == len(pinned)
