"""Setting a station up, one question at a time: a real one from a survey file, a rehearsal, or one from a backup (A3, C3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from textual import work
from textual.app import ComposeResult

from interview.errors import InterviewError
from interview.messages import Catalogue
from interview.paths import typed_path
from interview.tui.plain import Plain
from interview.tui.shell import Opens, Page
from interview.tui.steps import ANEW, Asked, ChoiceStep, CodeStep, FieldsStep, Heading, Step, TypedBackStep, in_groups

if TYPE_CHECKING:
    from interview.station.backup import Restored
    from interview.station.setup import SurveyPreview
    from interview.station.station import Station

REAL, REHEARSAL, BACKUP = "survey", "rehearsal", "backup"


@dataclass(slots=True)
class Plan:
    """What has been chosen so far. `file` is the survey's content, None for a rehearsal; `name` and `backup` are as typed."""

    kind: str = REAL
    path: str = ""
    file: bytes | None = None
    fingerprint: str = ""
    preview: "SurveyPreview | None" = None
    unit: str | None = None
    organisation: str | None = None
    name: str = ""
    backup: str = ""
    restored: "Restored | None" = None
    made: "tuple[Station, str] | None" = field(default=None, repr=False)

    def steps(self) -> list[str]:
        """The steps of this plan, in order."""
        steps = ["kind"]
        if self.kind == BACKUP:
            return [*steps, "backup", "card"]
        if self.kind == REAL:
            steps += ["file", "signer"]
        preview = self.preview
        if preview is None or len(preview.units) > 1:
            steps.append("unit")
        if preview is None or len(preview.organisations) > 1:
            steps.append("organisation")
        return [*steps, "passphrase", "code", "typed-back"]


class AskedAnewError(Exception):
    """The language has changed while a step was on the screen."""


class SetupScreen(Page[None]):
    """Leads through the steps; tells the application of the station they made."""

    CSS_PATH = "setup.tcss"
    AUTO_FOCUS = None

    def compose(self) -> ComposeResult:
        """Nothing to see: every step is a screen of its own."""
        yield Plain("")

    def on_mount(self) -> None:
        """Begin with the first step."""
        self.lead()

    async def reword(self) -> None:
        """The step on the screen is asked anew."""
        self.bind_keys()

    @work(group="setup")
    async def lead(self) -> None:
        """Step by step, forth and back."""
        plan, place = Plan(), 0
        while place < len(plan.steps()):
            name = plan.steps()[place]
            ask = getattr(self, "_" + name.replace("-", "_"))
            try:
                forward = await ask(plan, self._heading(name, plan))
            except AskedAnewError:
                continue
            place = max(place + (1 if forward else -1), 0)
        if plan.made is not None and isinstance(self.app, Opens):
            self.app.opened(plan.made[0])

    def _heading(self, name: str, plan: Plan) -> Heading:
        steps, words = plan.steps(), self.words
        survey = "" if plan.preview is None else plan.preview.title
        text = words(f"screens.setup-{name}-text", survey=survey)
        if name == "unit" and plan.preview is not None:
            text = f"{text}\n{_limits(plan.preview, words)}".rstrip()
        told = f"screens.setup-{name}-help"
        title = words(f"screens.setup-{name}")
        return Heading(steps.index(name) + 1, len(steps), title, text, told if words.has(told) else "")

    async def _kind(self, plan: Plan, heading: Heading) -> bool:
        options = [(kind, self.words(f"screens.setup-kind-{kind}")) for kind in (REAL, REHEARSAL, BACKUP)]
        kind = await self._ask(ChoiceStep(self.shell, heading, options, plan.kind))
        if kind is None:
            return False
        plan.kind, plan.file, plan.preview = kind, None, None
        if kind == REHEARSAL:
            plan.preview = await self.shell.writer.run(_preview, None)
        return True

    async def _file(self, plan: Plan, heading: Heading) -> bool:
        async def attempt(typed: Mapping[str, str]) -> bytes:
            plan.path = typed["path"]
            return await self.shell.writer.run(_read, plan.path)

        asked = Asked("path", self.words("screens.setup-path"), plan.path)
        file = await self._ask(FieldsStep(self.shell, heading, [asked], attempt))
        plan.file = file
        return file is not None

    async def _signer(self, plan: Plan, heading: Heading) -> bool:
        async def attempt(typed: Mapping[str, str]) -> "SurveyPreview":
            plan.fingerprint = typed["fingerprint"].strip()
            if not plan.fingerprint:
                raise InterviewError("station.fingerprint-needed")
            return await self.shell.writer.run(_preview, plan.file, plan.fingerprint)

        asked = Asked("fingerprint", self.words("screens.setup-fingerprint"), plan.fingerprint)
        preview = await self._ask(FieldsStep(self.shell, heading, [asked], attempt))
        plan.preview = preview
        return preview is not None

    async def _unit(self, plan: Plan, heading: Heading) -> bool:
        units = () if plan.preview is None else plan.preview.units
        options = [(unit.id, unit.name) for unit in units]
        plan.unit = await self._ask(ChoiceStep(self.shell, heading, options, plan.unit))
        return plan.unit is not None

    async def _organisation(self, plan: Plan, heading: Heading) -> bool:
        kinds = () if plan.preview is None else plan.preview.organisations
        options = [(str(kind), self.words(f"screens.organisation-{kind}")) for kind in kinds]
        plan.organisation = await self._ask(ChoiceStep(self.shell, heading, options, plan.organisation))
        return plan.organisation is not None

    async def _passphrase(self, plan: Plan, heading: Heading) -> bool:
        async def attempt(typed: Mapping[str, str]) -> "tuple[Station, str]":
            plan.name = typed["name"].strip()
            if typed["passphrase"] != typed["again"]:
                raise InterviewError("screens.passphrases-differ")
            return await self.shell.writer.run(_make, self, plan, typed["passphrase"])

        words = self.words
        fields = [
            Asked("passphrase", words("screens.setup-passphrase-field"), secret=True),
            Asked("again", words("screens.setup-again"), secret=True),
            Asked("name", words("screens.setup-name"), plan.name, example=words("screens.setup-name-example")),
        ]
        # Read in a moment, and not before the first screen is there.
        from interview.store.passphrases import propose  # noqa: PLC0415

        proposal = words("screens.keys-proposal", words=propose())
        heading = replace(heading, text=f"{heading.text}\n{proposal}")
        busy = words("screens.setup-making")
        plan.made = await self._ask(FieldsStep(self.shell, heading, fields, attempt, busy))
        if plan.made is not None:
            self.shell.note("set-up")
        return plan.made is not None

    async def _code(self, plan: Plan, heading: Heading) -> bool:
        assert plan.made is not None
        await self._ask(CodeStep(self.shell, heading, in_groups(plan.made[1])))
        return True

    async def _typed_back(self, plan: Plan, heading: Heading) -> bool:
        async def attempt(typed: Mapping[str, str]) -> bool:
            assert plan.made is not None
            return await self.shell.writer.run(_confirm, plan.made[0], typed["code"])

        if plan.kind == REAL:
            send = self.words("screens.setup-send-card", card=self.shell.home.card)
            heading = replace(heading, text=f"{heading.text}\n{send}")
        asked = Asked("code", self.words("screens.setup-code-field"))
        busy = self.words("screens.setup-checking")
        return await self._ask(TypedBackStep(self.shell, heading, [asked], attempt, busy)) is not None

    async def _backup(self, plan: Plan, heading: Heading) -> bool:
        from interview.tui.copies import FILE, SECRET, restore_from  # noqa: PLC0415  where there is a backup

        async def attempt(typed: Mapping[str, str]) -> "tuple[Station, Restored]":
            plan.backup = typed[FILE]
            return await self.shell.writer.run(restore_from, self.shell, plan.backup, typed[SECRET])

        words = self.words
        fields = [
            Asked(FILE, words("screens.setup-backup-file"), plan.backup),
            Asked(SECRET, words("screens.setup-backup-secret"), secret=True),
        ]
        made = await self._ask(FieldsStep(self.shell, heading, fields, attempt, words("screens.setup-restoring")))
        if made is None:
            return False
        station, plan.restored = made
        plan.made = (station, "")
        self.shell.note("restored")
        return True

    async def _card(self, plan: Plan, heading: Heading) -> bool:
        from interview.tui.copies import restored_step  # noqa: PLC0415

        assert plan.restored is not None
        await self._ask(restored_step(self.shell, heading, plan.restored))
        return True

    async def _ask(self, step: Step) -> Any:
        step.reworded = ANEW
        result = await self.app.push_screen_wait(step)
        if result is ANEW:
            raise AskedAnewError
        return result


# What the steps ask of the station, in the writer's thread.


def _read(typed: str) -> bytes:
    """A survey's file by the path typed or pasted, perhaps in quotation marks; it must look like a survey."""
    from interview.exchange.recognising import survey_file  # noqa: PLC0415  imported in the writer's thread
    from interview.station.setup import survey_preview  # noqa: PLC0415

    path = typed_path(typed)
    if not path.name or not path.is_file():
        raise InterviewError("screens.no-such-file", path.name)
    file = survey_file(path)
    survey_preview(file)
    return file


def _preview(file: bytes | None, fingerprint: str | None = None) -> "SurveyPreview":
    from interview.station.setup import survey_preview  # noqa: PLC0415

    return survey_preview(file, fingerprint)


def _make(screen: SetupScreen, plan: Plan, passphrase: str) -> "tuple[Station, str]":
    from interview.crypto.slots import NORMAL  # noqa: PLC0415
    from interview.station.setup import set_up  # noqa: PLC0415

    return set_up(
        screen.shell.home,
        passphrase,
        survey_file=plan.file,
        fingerprint=plan.fingerprint if plan.file is not None else None,
        unit=plan.unit,
        organisation=plan.organisation,
        name=plan.name or None,
        profile=screen.shell.profile or NORMAL,
    )


def _confirm(station: "Station", typed: str) -> bool:
    from interview.station.setup import confirm_recovery  # noqa: PLC0415

    confirm_recovery(station, typed)
    return True


def _limits(preview: "SurveyPreview", words: Catalogue) -> str:
    """What the survey does for small groups, where that is less than usual; otherwise nothing."""
    from interview.survey import USUAL_LEAST  # noqa: PLC0415  not before the first screen

    if preview.rehearsal or min(preview.threshold, preview.minimum_batch) >= USUAL_LEAST:
        return ""
    facts = {"threshold": preview.threshold, "minimum": preview.minimum_batch, "usual": USUAL_LEAST}
    return words("cli.survey-limits", **facts)
