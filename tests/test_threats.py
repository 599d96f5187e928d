"""The rows of THREATS: for each the test that holds it, and the defence that was taken away to see it fail.

The table is run by the slow suite: in a copy of the tree the defence is taken out of the source, and the test that
holds the row must fail there.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PARTS = ("interview", "questionnaires", "tests", "pyproject.toml", "README.md", "LICENCE")


@dataclass(frozen=True)
class Held:
    """One row: the threat, the test that holds it, the defence, and how to take that away: in `file` a text by another."""

    threat: str
    test: str
    defence: str
    file: str
    present: str
    absent: str


HELD = (
    Held(
        "T1", "tests/station/test_irrecoverable.py::test_t1_no_answer_is_recoverable_with_everything_at_the_station",
        "a response is sealed to the recipients",
        "interview/station/finishing.py",
        "return station.sealer(draft.survey).seal(pad(content, padded_size))",
        "return pad(content, padded_size)",
    ),
    Held(
        "T2", "tests/station/test_unlinkable.py::test_t2_the_order_of_saving_is_in_nothing_observable",
        "the responses are rewritten in the order of their hashes",
        "interview/station/tidying.py", "compact(responses)", "checkpoint(responses)",
    ),
    Held(
        "T2", "tests/station/test_unlinkable.py::test_t2_the_wal_is_empty_once_it_is_settled",
        "a checkpoint counts only when it succeeded",
        "interview/database/compact.py", "_retry(database, _truncate, until)", "pass",
    ),
    Held(
        "T2", "tests/station/test_unlinkable.py::test_t2_the_wal_is_empty_once_it_is_settled",
        "the index of the log is cleared",
        "interview/database/compact.py", "_retry(database, _clear_index, until)", "pass",
    ),
    Held(
        "T2", "tests/station/test_tidying.py::test_nothing_is_exported_while_order_is_left",
        "nothing is exported before the order is gone",
        "interview/station/exporting.py", "    station.settle()\n", "",
    ),
    Held(
        "T2", "tests/station/test_tidying.py::test_what_an_unlocking_ends_leaves_no_order_either",
        "what an unlocking ends is tidied too",
        "interview/station/finishing.py",
        "            forget(responses, token)\n    station.tidier.request()", "            forget(responses, token)",
    ),
    Held(
        "T2", "tests/station/test_unlinkable.py::test_t2_a_rowid_cannot_be_asked_for",
        "the table has no rowid",
        "interview/store/responses.py", "sealed BLOB NOT NULL) WITHOUT ROWID", "sealed BLOB NOT NULL)",
    ),
    Held(
        "T3", "tests/station/test_unlinkable.py::test_t3_no_old_copy_of_the_workspace_names_a_stored_response",
        "the finishing token goes",
        "interview/station/finishing.py", "    responses.forget(token)", "    return",
    ),
    Held(
        "T3", "tests/station/test_unlinkable.py::test_t3_a_sealed_response_holds_no_time_caller_case_or_sequence",
        "a response carries its month, nothing finer",
        "interview/station/finishing.py", 'f"{station.clock():%Y-%m}"', 'f"{station.clock():%Y-%m-%d}"',
    ),
    Held(
        "T3", "tests/station/test_unlinkable.py::test_t3_counts_are_by_month",
        "outcomes are counted by month",
        "interview/store/workspace.py", 'f"{at:%Y-%m}"', 'f"{at:%Y-%m-%d}"',
    ),
    Held(
        "T4", "tests/station/test_unlinkable.py::test_t4_no_two_exports_isolate_a_few",
        "nothing leaves under the minimum",
        "interview/station/exporting.py", "if waiting < minimum:", "if False:",
    ),
    Held(
        "T5", "tests/station/test_irrecoverable.py::test_t5_every_comment_makes_the_same_length",
        "every response of a form is padded to one length",
        "interview/station/finishing.py", ".seal(pad(content, padded_size))",
        ".seal(len(content).to_bytes(4, 'big') + content)",
    ),
    Held(
        "T6", "tests/station/test_irrecoverable.py::test_t6_whatever_is_erased_is_in_no_page",
        "what is erased is overwritten",
        "interview/database/opening.py", '"secure_delete = ON"', '"secure_delete = OFF"',
    ),
    Held(
        "T6", "tests/station/test_irrecoverable.py::test_t6_a_name_is_in_no_file_ever_and_in_no_page_once_it_is_erased",
        "an export erases finished cases",
        "interview/station/exporting.py", "station.workspace.erase_closed_cases()", "pass",
    ),
    Held(
        "T7", "tests/crypto/test_slots.py::test_t7_a_forged_cost_is_refused_with_nothing_allocated",
        "the cost that stands in a file is capped before it is used",
        "interview/crypto/slots.py", "and 8 * lanes <= memory <= MAX_MEMORY", "and 8 * lanes <= memory",
    ),
    Held(
        "T7", "tests/store/test_keyring.py::test_t7_every_flipped_byte_is_refused",
        "the keyring is authenticated as a whole",
        "interview/store/keyring.py", "if not hmac.compare_digest(", "if False and not hmac.compare_digest(",
    ),
    Held(
        "T8", "tests/database/test_opening.py::test_t8_a_truncated_file_is_not_opened",
        "a file that was cut is not opened",
        "interview/database/opening.py", "if (size % PAGE and not _log_waits(path)) or (size == 0 and not create):", "if False:",
    ),
    Held(
        "T7", "tests/store/test_keyring.py::test_t7_a_passphrase_many_would_choose_is_refused",
        "a passphrase that is guessed is refused",
        "interview/store/passphrases.py", "if guesses(normal, *names) < MIN_GUESSES:", "if False:",
    ),
    Held(
        "T8", "tests/station/test_tampering.py::test_t8_a_flip_in_any_frame_that_a_commit_follows_is_found",
        "the logs are walked frame by frame before anything is written",
        "interview/database/inspection.py", "if found.doubtful:", "if False:",
    ),
    Held(
        "T8", "tests/station/test_tampering.py::test_t8_a_flip_in_any_page_is_found",
        "both files are read through before anything is written",
        "interview/station/examining.py", "            verify(connection)\n", "",
    ),
    Held(
        "T8", "tests/station/test_tampering.py::test_t8_a_log_is_not_moved_into_a_file_that_is_damaged",
        "no log is moved into its file while something is wrong",
        "interview/station/examining.py", "            self._connections.append(connection)\n", "",
    ),
    Held(
        "T8", "tests/crashes/test_torn_logs.py::test_a_flip_in_what_was_written_after_a_cut_is_found",
        "a log with something behind its end begins anew before the first write",
        "interview/station/examining.py", "self._remnants.append((path, key))", "pass",
    ),
    Held(
        "T8", "tests/station/test_tampering.py::test_t8_yesterdays_responses_are_refused_once_a_batch_was_made",
        "the keyring knows the latest batch",
        "interview/station/chain.py", "if note is not None and", "if False and",
    ),
    Held(
        "T8", "tests/station/test_tampering.py::test_t8_yesterdays_keyring_is_refused",
        "the keyring's generation is kept in the responses too",
        "interview/station/checking.py", "if latest.generation < seen:", "if False:",
    ),
    Held(
        "T8", "tests/station/test_tampering.py::test_p5_no_key_is_changed_with_yesterdays_keyring",
        "a change of the keys begins with the same examination as an unlocking",
        "interview/station/keys.py", "        checked=checked,\n", "",
    ),
    Held(
        "T8", "tests/database/test_opening.py::test_t8_a_changed_page_is_never_read_as_zeros",
        "the cipher is asked after every read",
        "interview/database/opening.py", '!= [("1",)]', "== []",
    ),
    Held(
        "T8", "tests/station/test_backup.py::test_t8_a_response_that_is_not_its_hash_is_neither_backed_up_nor_saved",
        "a response is held against its hash",
        "interview/store/copying.py", "if sha256(record[2]).digest() == record[0]:", "if True:",
    ),
    Held(
        "T9", "tests/exchange/test_batch.py::test_a_batch_signed_by_another_station_is_refused",
        "a batch is signed",
        "interview/exchange/batch.py",
        "    verify(header.station, Kind.BATCH.domain, whole.digest(), signature)\n", "",
    ),
    Held(
        "T9", "tests/archive/test_collecting.py::test_a_card_in_a_batch_makes_nobody_known",
        "a key that a card brings follows one that is known",
        "interview/archive/succession.py",
        "if card is None or not any(archive.station(earlier.old) for earlier in card.succeeds):", "if card is None:",
    ),
    Held(
        "T9", "tests/exchange/test_batch.py::test_a_batch_brings_the_card_of_nobody_but_its_station",
        "a batch brings its own station's card alone",
        "interview/exchange/batch.py",
        "(card is not None and (card.public, card.rehearsal) != (header.station, header.rehearsal))", "False",
    ),
    Held(
        "T11", "tests/fuzz/test_readers.py::test_t11_small_inputs_made_to_cost_much_cost_little",
        "nesting is limited before a settings file is read",
        "interview/toml.py", "if depth > DEEPEST:", "if False:",
    ),
    Held(
        "T11", "tests/fuzz/test_workbooks.py::test_t11_a_workbook_that_unpacks_to_much",
        "a workbook unpacks to a few times its size",
        "interview/questionnaire/sheets/grid.py", "SMALL_PACKED: Final = 8", "SMALL_PACKED: Final = 8_000",
    ),
    Held(
        "T10", "tests/exchange/test_envelope.py::test_a_survey_is_read_for_its_pinned_signer_only",
        "a survey's signer is pinned",
        "interview/exchange/surveys.py", "if not _is_signer(signer, opened.signer_public):", "if False:",
    ),
    Held(
        "T12", "tests/exchange/test_names.py::test_t12_a_survey_cannot_name_itself_anything_but_a_slug",
        "a survey's id is a slug",
        "interview/survey.py", 'pattern=r"^[a-z0-9][a-z0-9-]{0,63}$"', 'pattern=r"^"',
    ),
    Held(
        "T13", "tests/test_text.py::test_t13_nothing_a_terminal_obeys_comes_out",
        "one function takes out what a terminal obeys",
        "interview/text.py", "    if _SUSPECT.search(text) is None:", "    if True:",
    ),
    Held(
        "T13", "tests/tui/test_hostile.py::test_no_displayed_text_is_obeyed_and_markup_is_literal",
        "what is drawn is cleaned where it is drawn",
        "interview/tui/drawing.py", "Segment(clean(words),", "Segment(words,",
    ),
    Held(
        "T13", "tests/tui/test_hostile.py::test_no_text_of_a_survey_is_obeyed_at_set_up",
        "a text on a screen is cleaned",
        "interview/tui/plain.py", "super().__init__(clean(text, keep_newlines=True)", "super().__init__(text",
    ),
    Held(
        "T13", "tests/tui/test_hostile.py::test_no_text_of_a_survey_is_obeyed_at_set_up",
        "what is pasted into a field is cleaned",
        "interview/tui/plain.py", "        return clean(value)", "        return value",
    ),
    Held(
        "T13", "tests/tui/test_hostile.py::test_what_is_said_for_a_moment_is_only_text",
        "what is said for a moment is no markup",
        "interview/tui/app.py", "timeout=timeout, markup=False)", "timeout=timeout, markup=markup)",
    ),
    Held(
        "T13", "tests/tui/test_hostile.py::test_nothing_a_command_prints_on_a_terminal_is_obeyed",
        "what a command prints is cleaned",
        "interview/cli/context.py", "print(_shown(str(line)))", "print(str(line))",
    ),
    Held(
        "T14", "tests/test_text.py::test_t14_a_cell_that_would_compute_is_text",
        "a cell that would begin a formula is neutral",
        "interview/text.py", 'return f"\'{text}" if text.startswith(_FORMULA) else text', "return text",
    ),
    Held(
        "T15", "tests/tui/test_leaks.py::test_a_crash_shows_a_code_and_nothing_of_the_conversation",
        "a crash is told by its code alone",
        "interview/tui/internals.py", "self.panic(Text(self.crash_report(error)))", "self.panic(Text(repr(error)))",
    ),
    Held(
        "T15", "tests/tui/test_crashes.py::test_t15_a_demo_names_no_log_that_goes_with_it",
        "a log that goes with its folder is not named",
        "interview/crash.py", "if lasting and note(error, home, code):", "if note(error, home, code):",
    ),
    Held(
        "T16", "tests/test_files.py::test_t16_a_hardened_process_gives_nothing_away",
        "no core dump",
        "interview/files/hardening.py", "resource.setrlimit(resource.RLIMIT_CORE, (0, 0))", "pass",
    ),
    Held(
        "T17", "tests/test_files.py::test_t17_a_wider_folder_is_tightened",
        "the folder is for one account",
        "interview/files/places.py", "path.chmod(0o700)", "pass",
    ),
    Held(
        "T20", "tests/station/test_guarding.py::test_t20_a_personal_number_is_not_sealed_and_nothing_is_lost",
        "an answer with a personal number is refused when an interview is finished",
        "interview/station/finishing.py", "        refuse_personal_numbers(interview)\n", "        pass\n",
    ),
    Held(
        "T20", "tests/guard/test_personal_numbers.py::test_numbers_made_by_rule_are_refused_in_every_spelling",
        "numbers are looked for however they are grouped",
        "interview/guard/personal_numbers.py", "usual or _is_likely(written)", "len(written.groups) == 1",
    ),
    Held(
        "T18",
        "tests/station/test_finishing.py::test_no_other_window_comes_between_the_look_at_the_mark_and_the_storing",
        "no other window comes between the steps of a finishing",
        "interview/station/finishing.py",
        "            with station.workspace.locked():\n                if _is_marked",
        "            with suppress():\n                if _is_marked",
    ),
    Held(
        "T18", "tests/database/test_transactions.py::test_t18_an_io_error_is_final_and_said",
        "after an I/O error a connection is not trusted",
        "interview/database/faults.py", 'frozenset({"database.io-error", "database.damaged"})', "frozenset()",
    ),
    Held(
        "T21", "tests/station/test_keys.py::test_t21_a_removed_key_opens_nothing_new_even_with_the_old_keyring",
        "whoever leaves does not get the new master key",
        "interview/store/keyring.py",
        "        master = randomness.token_bytes(KEY)\n        sealed = tuple(", "        master = self._master\n        sealed = tuple(",
    ),
    Held(
        "T21", "tests/station/test_keys.py::test_t21_a_kill_at_any_step_leaves_a_station_that_opens",
        "the keyring holds the old and the new keys until both files open",
        "interview/store/rekeying.py", "**present, **following}",
        "**{name: following[name + NEXT] for name in held}, **following}",
    ),
    Held(
        "T21", "tests/station/test_keys.py::test_t21_there_is_always_a_passphrase_and_a_recovery_code",
        "the last passphrase stays",
        "interview/store/keys.py", "if not any(slot.kind == PASSPHRASE for slot in left):", "if False:",
    ),
    Held(
        "T21", "tests/crashes/test_keys_on_a_full_disk.py::test_t21_a_new_key_that_was_not_written_is_never_believed",
        "a new key counts only where every page was written under it",
        "interview/database/opening.py", "            self._prove_rekeyed()\n", "",
    ),
    Held(
        "T21", "tests/station/test_signing_keys.py::test_t21_whoever_left_signs_nothing_that_is_taken",
        "nothing new is taken of a key the station has left",
        "interview/archive/succession.py", "archive.successor(public) is not None and", "False and",
    ),
    Held(
        "T21", "tests/station/test_signing_keys.py::test_t21_whoever_left_signs_nothing_that_is_taken",
        "a second key that claims to follow the same one is not taken from a batch",
        "interview/archive/succession.py", 'raise InterviewError("archive.contested-key", name)', "pass",
    ),
    Held(
        "T21", "tests/station/test_signing_keys.py::test_t21_the_next_batch_brings_the_new_key_and_the_chain_goes_on",
        "a key that ceases takes the signing key with it",
        "interview/store/rekeying.py", "vault.renewed(keyring) if ceased else {}", "{}",
    ),
)  # fmt: skip
"""A row may stand several times, once for each of its defences; add yours."""


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree, to take defences out of."""
    copy = tmp_path_factory.mktemp("without")
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        elif (ROOT / part).exists():
            shutil.copy(ROOT / part, copy / part)
    return copy


@pytest.fixture
def without(copied: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """The copy, with one row's defence taken away."""
    held: Held = request.getfixturevalue("held")
    path = copied / held.file
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace(held.present, held.absent), encoding="utf-8")
    yield copied
    path.write_text(whole, encoding="utf-8")


def _row(held: Held) -> str:
    return f"{held.threat}-{held.defence.replace(' ', '-')}"


@pytest.mark.slow
@pytest.mark.parametrize("held", HELD, ids=_row)
def test_without_its_defence_the_test_that_holds_a_row_fails(held: Held, without: Path) -> None:
    # The program as it was installed is to be the copy too, where a test starts it.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(without)}
    command = [sys.executable, "-m", "pytest", "-q", "--tb=line", "-x", "-p", "no:cacheprovider", held.test]
    run = subprocess.run(
        command, check=False, cwd=without, capture_output=True, text=True, timeout=300, env=environment
    )
    # 1: tests ran and failed; anything else (nothing collected, no import) shows nothing.
    assert run.returncode == 1 and re.search(r"\d+ failed", run.stdout), run.stdout[-2000:]


@pytest.mark.parametrize("held", HELD, ids=_row)
def test_a_row_names_a_test_and_a_defence_that_exist(held: Held) -> None:
    file, _, name = held.test.partition("::")
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    functions = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    assert name in functions, f"{held.threat}: {held.test} is gone; name the test that holds the row now"
    source = (ROOT / held.file).read_text(encoding="utf-8")
    assert held.present in source, (
        f"{held.threat}: {held.file} reads otherwise now; write how its defence is taken away"
    )


def test_the_rows_about_anonymity_are_held() -> None:
    assert {f"T{number}" for number in range(1, 8)} <= {held.threat for held in HELD}
