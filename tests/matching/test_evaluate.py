"""evaluate_matching as it is run: a process of its own, on an invented collection."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from projects.matching.scoring import FAR_BEHIND

pytestmark = pytest.mark.processes  # each run is a command of its own, on a database of its own

ROOT = Path(settings.BASE_DIR)
HARDNESS = ("lexical", "synonym", "trap", "hierarchy")


def evaluate(*arguments: object) -> subprocess.CompletedProcess:
    command = [sys.executable, "manage.py", "evaluate_matching", *map(str, arguments)]
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "coexist.settings.test"}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=240)


def scratch_databases() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE '%%scratch%%'")
        return [name for (name,) in cursor.fetchall()]


def actor(key: str, skill: str, **fields) -> dict:
    return {"id": key, "kind": "ngo", "offers": [{"skill": skill, "kind": "skill", "modes": ["pro_bono"]}], **fields}


def need(key: str, title: str, hardness: str, **fields) -> dict:
    return {
        "id": key,
        "need_title": title,
        "kind": "skill",
        "modes_accepted": ["pro_bono"],
        "hardness": hardness,
        **fields,
    }


def write(folder: Path, actors: list[dict], needs: list[dict], grades: list[tuple]) -> Path:
    folder.mkdir()
    for name, rows in (("actors", actors), ("needs", needs)):
        (folder / f"{name}.jsonl").write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", encoding="utf-8")
    (folder / "qrels.tsv").write_text("".join("\t".join(map(str, row)) + "\n" for row in grades), encoding="utf-8")
    return folder


def collection(folder: Path, hardness: tuple = HARDNESS) -> Path:
    """Whole and sparse entries, and more actors than a run may list."""
    actors = [
        actor(
            "A-Statuts", "Relecture de statuts associatifs", name="Plume", summary="Juristes bénévoles.", themes=[16]
        ),
        actor("A-Eau", "Forage de puits", name="Puisatiers", territories=["SN"], languages=["fr"]),
        {"id": "A-Vide"},
        {"id": "A-Nul", "name": None, "summary": None, "offers": None, "themes": None, "territories": None},
        {"id": "A-Nu", "offers": [{"skill": "Comptabilité"}], "summary": ""},
        *[actor(f"A-{number}", "Prêt de tables pliantes", summary="") for number in range(60)],
    ]
    needs = [
        need("N-1", "Relire nos statuts", hardness[0], project_title="Asso", project_summary="Une petite association."),
        need("N-2", "Creuser un puits au village", hardness[1], territories=["SN"], themes=[6], languages=["fr"]),
        need("N-3", "", hardness[2], need_detail=None, project_title=None, project_summary=""),
        {"id": "N-4", "need_title": "Tenir les comptes", "hardness": hardness[3]},
    ]
    grades = [("N-1", "A-Statuts", 3), ("N-2", "A-Eau", 3), ("N-2", "A-1", 0), ("N-4", "A-Nu", 2)]
    return write(folder, actors, needs, grades)


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    """One run of the whole, read by several tests: it takes a process and a migrated database."""
    folder = tmp_path_factory.mktemp("evaluate")
    done = evaluate(collection(folder / "given"), "--run", folder / "run.txt", "--json")
    assert done.returncode == 0, done.stderr
    return folder, json.loads(done.stdout)


@pytest.fixture(scope="module")
def ranked(result):
    folder, _measures = result
    return [line.split(" ") for line in (folder / "run.txt").read_text(encoding="utf-8").splitlines()]


def test_sparse_entries_are_measured_with_the_others(result):
    _folder, measures = result
    assert set(measures) == {"overall", *HARDNESS}
    assert measures["overall"]["needs"] == 4
    assert measures["lexical"]["nDCG@10"] == measures["lexical"]["MRR@10"] == measures["lexical"]["recall@10"] == 1
    assert measures["overall"]["nDCG@10"] == pytest.approx(0.75, abs=0.02)


def test_a_run_line_is_need_actor_rank_and_score(ranked):
    for need_id, actor_id, rank, score in ranked:
        assert need_id in {"N-1", "N-2", "N-3", "N-4"}
        assert actor_id.startswith("A-")
        assert 1 <= int(rank) <= 50
        assert score == f"{float(score):.4f}"


def test_a_run_lists_the_actors_worth_proposing_best_first(ranked):
    """Three always; of the others, those near the best one, and fifty at most."""
    for need_id in ("N-1", "N-2", "N-4"):
        rows = [(int(rank), float(score)) for key, _actor, rank, score in ranked if key == need_id]
        scores = [score for _rank, score in rows]
        assert [rank for rank, _score in rows] == list(range(1, len(rows) + 1))
        assert 3 <= len(rows) <= 50
        assert scores == sorted(scores, reverse=True)
        assert all(score >= scores[0] - FAR_BEHIND for score in scores[3:])


def test_an_actor_is_listed_once_and_the_answer_first(ranked):
    pairs = [(need_id, actor_id) for need_id, actor_id, _rank, _score in ranked]
    assert len(pairs) == len(set(pairs))
    first = {need_id: actor_id for need_id, actor_id, rank, _score in ranked if rank == "1"}
    assert (first["N-1"], first["N-2"], first["N-4"]) == ("A-Statuts", "A-Eau", "A-Nu")


def test_hardness_changes_no_rank(result, tmp_path):
    folder, _measures = result
    permuted = collection(tmp_path / "permuted", ("trap", "hierarchy", "unheard-of", "lexical"))
    done = evaluate(permuted, "--run", tmp_path / "run.txt")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "run.txt").read_text() == (folder / "run.txt").read_text()
    assert "unheard-of" in done.stdout  # the report alone reads it
    assert "nDCG@10" in done.stdout


@pytest.mark.django_db
def test_the_scratch_database_is_gone_after_a_run(result):
    assert scratch_databases() == []


@pytest.mark.django_db
def test_the_scratch_database_is_gone_after_an_error(tmp_path):
    too_long = [{**actor("A-1", "Forage"), "kind": "far-too-long-for-the-code-of-a-kind"}]
    folder = write(tmp_path / "bad", too_long, [need("N-1", "Forer", "trap")], [("N-1", "A-1", 3)])
    done = evaluate(folder)
    assert done.returncode != 0
    assert "too long" in done.stderr  # it failed inside the scratch database, not before
    assert scratch_databases() == []


def no_folder(path: Path) -> Path:
    return path / "nowhere"


def empty_folder(path: Path) -> Path:
    return path


def broken_json(path: Path) -> Path:
    folder = collection(path / "broken")
    (folder / "needs.jsonl").write_text('{"id": "N-1", ')
    return folder


def grade_that_is_no_number(path: Path) -> Path:
    folder = collection(path / "grades")
    (folder / "qrels.tsv").write_text("N-1\tA-Eau\tgood\n")
    return folder


def no_needs(path: Path) -> Path:
    folder = collection(path / "without")
    (folder / "needs.jsonl").write_text("\n")
    return folder


def entry_without_id(path: Path) -> Path:
    return write(path / "nameless", [{"name": "Sans clé"}], [need("N-1", "Forer", "trap")], [])


@pytest.mark.parametrize(
    "bad", [no_folder, empty_folder, broken_json, grade_that_is_no_number, no_needs, entry_without_id]
)
def test_a_bad_folder_is_named_in_one_line(tmp_path, bad):
    folder = bad(tmp_path)
    with pytest.raises(CommandError) as refused:
        call_command("evaluate_matching", folder)
    assert str(folder) in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_bad_folder_ends_the_command_with_that_line_alone(tmp_path):
    done = evaluate(tmp_path / "nowhere")
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.strip().splitlines()
    assert str(tmp_path / "nowhere") in line
