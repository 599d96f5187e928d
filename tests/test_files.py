"""T11, T16, T17, P5: files for one account, whole or not at all, on a disk of this machine."""

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from interview.errors import InterviewError
from interview.files import (
    AtomicFile,
    private_folder,
    read_bounded,
    refuse_shared_place,
    remove_leftovers,
    write_atomically,
)
from interview.files.places import is_on_network, is_synced
from interview.files.windows import account_sid, only_account, saved_list, system_tool

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX's")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="Linux alone has it")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def in_a_child(code: str, *arguments: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


# Folders.


@POSIX
def test_t17_a_new_folder_is_for_this_account_with_its_parents(tmp_path: Path) -> None:
    folder = private_folder(tmp_path / "a" / "b")
    assert folder == tmp_path / "a" / "b"
    assert (mode(folder), mode(folder.parent)) == (0o700, 0o700)


@POSIX
def test_t17_a_wider_folder_is_tightened(tmp_path: Path) -> None:
    folder = tmp_path / "home"
    folder.mkdir()
    folder.chmod(0o755)
    private_folder(folder)
    assert mode(folder) == 0o700


@POSIX
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_t17_the_mode_does_not_hang_on_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        private_folder(tmp_path / "home")
        write_atomically(tmp_path / "home" / "file", b"x")
    finally:
        os.umask(before)
    assert mode(tmp_path / "home") == 0o700
    assert mode(tmp_path / "home" / "file") == 0o600


@POSIX
def test_t17_a_folder_that_many_share_is_left_alone_and_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path / "tmp"
    shared.mkdir()
    shared.chmod(0o1777)
    account = tmp_path / "account"
    account.mkdir()
    account.chmod(0o755)
    monkeypatch.setenv("HOME", str(account))
    for folder, left in ((shared, 0o1777), (account, 0o755), (Path("/"), mode(Path("/")))):
        with pytest.raises(InterviewError) as caught:
            private_folder(folder)
        assert caught.value.code == "files.folder-open"
        assert mode(folder) == left


@POSIX
@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root can be two accounts")
def test_t17_another_account_can_neither_list_nor_read(tmp_path: Path) -> None:
    for folder in (tmp_path, *tmp_path.parents):
        if folder.owner() == "root" and folder.name.startswith(("pytest-", "test_")):
            folder.chmod(0o755)
    home = private_folder(tmp_path / "home")
    write_atomically(home / "file", b"content")
    (tmp_path / "open").write_bytes(b"open")
    (tmp_path / "open").chmod(0o644)
    code = (
        "import os, sys\nos.setgid(65534); os.setuid(65534)\n"
        "def tries(what):\n"
        "    try: what()\n"
        "    except PermissionError: return 'refused'\n"
        "    return 'allowed'\n"
        "home, file, open_file = sys.argv[1:]\n"
        "print(tries(lambda: open(open_file)), tries(lambda: os.listdir(home)), tries(lambda: open(file)))"
    )
    run = in_a_child(code, home, home / "file", tmp_path / "open")
    assert run.stdout.split() == ["allowed", "refused", "refused"], run.stderr
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    os.chown(foreign, 65534, 65534)
    with pytest.raises(InterviewError) as caught:
        private_folder(foreign)
    assert caught.value.code == "files.folder-open"


def test_a_file_in_the_way_of_a_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(InterviewError) as caught:
            private_folder(folder)
        assert caught.value.code == "files.write-failed"


# Places.

MOUNTS = """\
22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:40 / /mnt/region rw - cifs //server/region rw
31 22 0:41 / /mnt/sp\\040ace rw - nfs4 server:/x rw
32 22 0:42 / /home/a/ssh rw - fuse.sshfs a@b: rw
33 22 0:43 / /home/a/local rw - fuse.gocryptfs /home/a/.local rw
34 30 0:44 / /mnt/region/local rw master:1 - tmpfs tmpfs rw
35 22 0:45 / /srv rw - nfs server:/y rw
36 22 0:46 / /srv rw - ext4 /dev/vdb rw
broken line
""".splitlines()


@LINUX
@pytest.mark.parametrize(
    ("path", "network"),
    [
        ("/home/a", False),
        ("/mnt/region", True),
        ("/mnt/region/interview/home", True),
        ("/mnt/regional", False),
        ("/mnt/sp ace/home", True),
        ("/home/a/ssh/home", True),
        ("/home/a/local/home", False),
        ("/mnt/region/local/home", False),
        ("/srv/home", False),
    ],
)
def test_t17_a_network_is_known_by_its_mount(path: str, network: bool) -> None:
    assert is_on_network(Path(path), MOUNTS) is network


@pytest.mark.parametrize(
    ("path", "synced"),
    [
        ("/home/a/OneDrive - Region Halland/interview", True),
        ("/home/a/Dropbox/interview", True),
        ("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/interview", True),
        ("/Users/a/Library/CloudStorage/GoogleDrive-a@b/interview", True),
        ("/home/a/Google Drive/interview", True),
        ("/home/a/iCloudDrive/interview", True),
        ("/srv/moved/interview", True),
        ("/home/a/.local/share/interview", False),
        ("/home/a/documents/my onedrive notes/interview", False),
    ],
)
def test_t17_a_synchronised_folder_is_known_by_its_name_or_the_environment(path: str, synced: bool) -> None:
    assert is_synced(Path(path), {"OneDriveCommercial": "/srv/moved", "OneDrive": ""}) is synced


def test_t17_a_shared_place_is_refused_and_this_disk_is_not(tmp_path: Path) -> None:
    refuse_shared_place(tmp_path / "not yet there")
    with pytest.raises(InterviewError) as caught:
        refuse_shared_place(tmp_path / "OneDrive" / "interview")
    assert caught.value.code == "files.shared-place"


@POSIX
def test_t12_a_link_into_a_shared_place_is_followed(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "innocent").symlink_to(tmp_path / "Dropbox")
    with pytest.raises(InterviewError) as caught:
        refuse_shared_place(tmp_path / "innocent" / "home")
    assert caught.value.code == "files.shared-place"


SID = "S-1-5-21-1004336348-1177238915-682003330-512"


@pytest.mark.parametrize(
    ("sddl", "alone"),
    [
        (f"D:PAI(A;OICI;FA;;;{SID})", True),
        (f"O:BAG:DUD:PAI(A;OICI;FA;;;{SID})(A;OICIIO;GA;;;{SID})S:AI", True),
        (f"D:AI(A;OICI;FA;;;{SID})", False),
        (f"D:PAI(A;OICI;FA;;;{SID})(A;OICI;FA;;;BA)", False),
        (f"D:PAI(A;OICI;FA;;;{SID}0)", False),
        (f"D:PAI(A;OICI;FA;;;{SID})(XA;;FA;;;WD;(Member_of {{SID(BU)}}))", False),
        (f"D:PAI(D;OICI;FA;;;{SID})", False),
        ("D:PAI", False),
        ("D:NO_ACCESS_CONTROL", False),
        ("", False),
    ],
)
def test_t17_windows_an_access_list_names_one_account(sddl: str, alone: bool) -> None:
    assert only_account(f"folder\r\n{sddl}\r\n", SID) is alone


@pytest.mark.parametrize("page", ["cp850", "cp437", "cp1252", "cp65001", "cp1257"])
@pytest.mark.parametrize(
    "name", ["region\\åsa.öberg", "NÜRNBERG\\Jürgen Åkesson", "dator-7\\É", 'x\\S-1-5-18","S-1-5-32']
)
def test_t17_windows_the_account_is_named_by_its_sid(name: str, page: str) -> None:
    """In the bytes of a Swedish and of other Windows, whatever the account is called."""
    assert account_sid(f'"{name}","{SID}"\r\n'.encode(page, "replace")) == SID


def test_t17_windows_bytes_that_are_letters_in_no_code_page_hide_no_account() -> None:
    """ü, Å and É are 0x81, 0x8F and 0x90 in code page 850: bytes that 1252 has no letters for."""
    answer = b'"halland\\\x81\x8f\x90\x9d","' + SID.encode() + b'"\r\n'
    with pytest.raises(UnicodeDecodeError):
        answer.decode("cp1252")
    assert account_sid(answer) == SID


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b'"halland\\S-1-5-21-1-2-3",""\r\n',
        b'"S-1-5-21-1"\r\nFEL: \x8ftkomst nekad.\r\n',
        b"FEL: \x8ftkomst nekad.\r\n",
    ],
)
def test_t17_windows_an_answer_without_an_account_is_refused(answer: bytes) -> None:
    with pytest.raises(InterviewError) as caught:
        account_sid(answer)
    assert caught.value.code == "files.folder-open"


def test_t17_windows_a_saved_list_is_read_whatever_the_folder_is_called() -> None:
    """Names in NTFS are 16-bit units, and half of a pair may stand alone."""
    for folder in ("Åsas övningar".encode("utf-16-le"), b"\x00\xd8x\x00"):
        saved = folder + f"\r\nD:PAI(A;OICI;FA;;;{SID})\r\n".encode("utf-16-le")
        assert only_account(saved_list(saved), SID)
        assert only_account(saved_list(b"\xff\xfe" + saved), SID)


def test_t17_windows_a_tool_is_the_systems_own() -> None:
    """A bare name would be looked for in the folder the program is started in, before the system's."""
    assert system_tool("icacls.exe", {"SystemRoot": r"D:\WINNT"}) == r"D:\WINNT\System32\icacls.exe"
    assert system_tool("icacls.exe", {}) == r"C:\Windows\System32\icacls.exe"
    assert system_tool("icacls.exe", {"SystemRoot": ""}) == r"C:\Windows\System32\icacls.exe"


# Writing.


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_atomically(path, b"old")
    write_atomically(path, (part for part in (b"new ", b"content")))
    assert path.read_bytes() == b"new content"
    assert list(tmp_path.iterdir()) == [path]


@POSIX
def test_t17_a_file_is_for_this_account_even_where_it_was_wider(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(0o644)
    write_atomically(path, b"new")
    assert mode(path) == 0o600


def test_until_it_is_whole_the_old_one_stands(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with AtomicFile(path) as file:
        assert file.write(b"new") == 3
        assert path.read_bytes() == b"old"
        if sys.platform != "win32":
            assert {mode(each) for each in tmp_path.iterdir() if each != path} == {0o600}
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("failure", [KeyError, KeyboardInterrupt, GeneratorExit])
def test_after_a_failure_nothing_new_is_there(tmp_path: Path, failure: type[BaseException]) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"half"
        raise failure

    with pytest.raises(failure):
        write_atomically(tmp_path / "file", chunks())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("step", ["fsync", "replace", "folder"])
@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, "files.disk-full"), (errno.EIO, "files.write-failed")])
def test_a_failing_disk_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, code: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def fails(*_: object) -> None:
        raise OSError(number, "the system's words")

    if step == "fsync":
        monkeypatch.setattr(os, "fsync", fails)
    elif step == "replace":
        monkeypatch.setattr(Path, "replace", fails)
    else:
        path = tmp_path / "missing" / "file"
        code = "files.write-failed"
    with pytest.raises(InterviewError) as caught:
        write_atomically(path, b"new")
    assert caught.value.code == code
    assert caught.value.place == "file"
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_bytes() == b"old"


@POSIX
def test_a_write_the_system_refuses_leaves_nothing(tmp_path: Path) -> None:
    code = (
        "import resource, sys; from pathlib import Path\n"
        "from interview.errors import InterviewError; from interview.files import write_atomically\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "try: write_atomically(Path(sys.argv[1]), (bytes(10_000) for _ in range(20)))\n"
        "except InterviewError as error: print(error.code)"
    )
    run = in_a_child(code, tmp_path / "file")
    assert (run.stdout.strip(), run.stderr) == ("files.write-failed", "")
    assert list(tmp_path.iterdir()) == []


@POSIX
def test_a_kill_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    code = (
        "import os, sys; from pathlib import Path; from interview.files import AtomicFile\n"
        "with AtomicFile(Path(sys.argv[1])) as file:\n    file.write(b'new')\n    os.kill(os.getpid(), 9)"
    )
    assert in_a_child(code, path).returncode == -9
    assert path.read_bytes() == b"old"


@POSIX
def test_what_a_kill_left_behind_is_removed_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "2026 [1].batch"
    code = (
        "import os, sys; from pathlib import Path; from interview.files import AtomicFile\n"
        "with AtomicFile(Path(sys.argv[1])) as file:\n    os.kill(os.getpid(), 9)"
    )
    in_a_child(code, path)
    [leftover] = tmp_path.iterdir()
    others = {
        tmp_path / name for name in (".2026 [1].batch", ".2026 [1].batch.backup", path.name, ".other.0123456789abcdef")
    }
    for other in others:
        other.write_bytes(b"")
    remove_leftovers(path)
    assert set(tmp_path.iterdir()) == others
    assert leftover not in others
    remove_leftovers(tmp_path / "missing" / "file")


@POSIX
def test_t12_a_link_under_the_name_is_replaced_and_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_bytes(b"untouched")
    (tmp_path / "file").symlink_to(target)
    write_atomically(tmp_path / "file", b"new")
    assert target.read_bytes() == b"untouched"
    assert not (tmp_path / "file").is_symlink()


@POSIX
def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    """A pipe stands for the devices: to an administrator, `--to /dev/null` would take the device away from everybody."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder"):
        with pytest.raises(InterviewError) as caught:
            write_atomically(tmp_path / name, b"new")
        assert (caught.value.code, caught.value.place) == ("files.not-a-file", name)
    assert (tmp_path / "pipe").is_fifo()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["folder", "pipe"]


def test_a_file_outside_its_block_is_a_mistake_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="with block"):
        AtomicFile(tmp_path / "file").write(b"x")


# Reading.


def test_t11_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"12345")
    assert read_bounded(path, 5) == b"12345"
    with pytest.raises(InterviewError) as caught:
        read_bounded(path, 4)
    assert caught.value.code == "files.too-large"
    assert caught.value.facts == {"limit": 4}


@LINUX
def test_t11_a_pipe_and_a_device_are_not_read(tmp_path: Path) -> None:
    """An empty pipe waits for ever for whoever writes it."""
    os.mkfifo(tmp_path / "pipe")
    # Held open with something in it, so that reading it gives an answer where it should not.
    with os.fdopen(os.open(tmp_path / "pipe", os.O_RDWR | os.O_NONBLOCK), "r+b", buffering=0) as held:
        held.write(b"x" * 20)
        for path in (tmp_path / "pipe", Path("/dev/zero")):
            with pytest.raises(InterviewError) as caught:
                read_bounded(path, 10)
            assert caught.value.code == "files.not-a-file"


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    missing = (tmp_path / "missing", tmp_path / "with\0zero")
    for path, code in (*((path, "files.not-found") for path in missing), (tmp_path, "files.not-a-file")):
        with pytest.raises(InterviewError) as caught:
            read_bounded(path, 10)
        assert caught.value.code == code


# The process.


@LINUX
def test_t16_a_hardened_process_gives_nothing_away() -> None:
    code = (
        "import ctypes, os, resource; from interview.files import harden_process\n"
        "harden_process(); harden_process()\n"
        "mask = os.umask(0)\n"
        "print(oct(mask), resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    assert in_a_child(code).stdout.strip() == "0o77 (0, 0) 0"


@LINUX
def test_t16_another_process_of_the_account_cannot_read_the_memory() -> None:
    # Root reads everything, so under root both become another account; that alone hides the memory, which is undone.
    drop = "import ctypes, os\nif os.geteuid() == 0: os.setgid(65534); os.setuid(65534)\n"
    owner = (
        "import resource, sys; from interview.files import harden_process\n"
        + drop
        + "ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)\n"
        "harden_process() if sys.argv[1] == 'hard' else None\n"
        "print('ready', flush=True); sys.stdin.readline()"
    )
    reader = (
        "import sys\n" + drop + "try: open(f'/proc/{sys.argv[1]}/mem', 'rb')\n"
        "except PermissionError: print('refused')\nelse: print('allowed')"
    )
    found = {}
    for how in ("soft", "hard"):
        command = [sys.executable, "-c", owner, how]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            found[how] = in_a_child(reader, child.pid).stdout.strip()
            child.communicate("\n")
    scope = Path("/proc/sys/kernel/yama/ptrace_scope")
    unprotected = not scope.exists() or scope.read_text().strip() == "0"
    assert found == {"soft": "allowed" if unprotected else "refused", "hard": "refused"}


def test_hardening_is_cheap_to_import() -> None:
    code = "import sys, interview.files; print({'ctypes', 'subprocess', 'tempfile', 'hashlib'} & set(sys.modules))"
    assert in_a_child(code).stdout.strip() == "set()"
