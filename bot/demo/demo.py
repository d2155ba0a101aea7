"""The demo: the entire service, unchanged, next to a fake WeChat; nothing leaves the machine.

It is the only mode in which a visitor can enrol a face of their own, and in which a photo may act instead of
a person (演练).
"""

import asyncio
import secrets
import string
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from aiohttp import web

from bot.capture.face_pool import Busy
from bot.clock import system_clock
from bot.database_keys import open_vault
from bot.demo.own_pages import own_pages_only
from bot.demo.rehearsal import Rehearsals
from bot.demo.sample_clerks import add_console
from bot.demo.sample_office import sample_office
from bot.demo.sample_people import SAMPLES, portrait_jpeg
from bot.server.direct_dispatch import DIRECT_HANDLERS
from bot.settings.command_settings import four_eyes, liveness
from bot.settings.environment import environment
from bot.settings.liveness import Liveness, LivenessProfile
from bot.settings.settings import Settings
from bot.simulator.simulator import Simulator
from bot.wiring.compose import Service, service
from dialogs.local_time import local_date
from dialogs.rules.human_service import WHOLE_WEEK
from dialogs.rules.identity import check_name, check_number
from dialogs.values import Beneficiary, BenefitStatus, Identity, IdType, Scheme
from face import IN_PROCESS, Enrolment, Reason
from messages.catalogue.phrases import BUSY_TEXT, WRONG_DETAILS, capture_message
from messages.language.codes import DEFAULT
from storage.database import Connection, open_engine, transaction, upgrade
from storage.records.beneficiaries import Beneficiaries
from storage.records.enrolments import Enrolments, EnrolmentTemplate
from storage.sealing.vault import Vault

_LETTERS = string.ascii_letters + string.digits


def _secret(length: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(length))


def demo_settings(folder: Path, base: str, live: Liveness) -> Settings:
    """Return settings for a demo that lives in `folder` and is reached at `base`."""
    return Settings(
        wechat_app_id="wxdemo0000000000",
        wechat_app_secret=_secret(32),
        wechat_token=_secret(16),
        wechat_aes_key=_secret(43),
        wechat_api_base=f"{base}/sim/wechat",
        wechat_oauth=False,
        wechat_open_base=f"{base}/sim/open",
        wechat_jssdk=f"{base}/sim/jweixin.js",
        public_url=base,
        database_url=f"sqlite+aiosqlite:///{folder / 'demo.db'}",
        data_keys=_kept_keys(folder / "data-keys"),
        result_template_id="demo-result",
        reminder_template_id="demo-reminder",
        liveness=live,
        liveness_profile=LivenessProfile.OFF,  # its rehearsal renders a person from one photo
        second_look_share=0.0,  # nobody works on its tasks
        human_hours=WHOLE_WEEK,
    )


def _kept_keys(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(Vault.new_setting(), encoding="ascii")
    return path.read_text(encoding="ascii")


@asynccontextmanager
async def demo(folder: Path, port: int) -> AsyncIterator[web.Application]:
    """Prepare the folder and run service and simulator; the block serves the application."""
    base = f"http://127.0.0.1:{port}"
    portrait = await asyncio.to_thread(_kept_portrait, folder)
    settings = demo_settings(folder, base, liveness(environment()))
    await _migrate(settings)
    async with service(settings) as running:
        enrolment = DemoEnrolment(running)
        await enrolment.load_samples(portrait)
        simulator = _simulator(settings, base, portrait, enrolment)
        simulator.rehearse = Rehearsals(running.captures, running.pool).rehearse
        running.app.add_subapp("/sim", simulator.app())
        running.app.middlewares.insert(0, own_pages_only(port))
        del running.app[DIRECT_HANDLERS]  # the webhook, too, is behind it
        await sample_office(running).fill()
        by_two = four_eyes(environment())
        await add_console(running, base, folder / "uploads", by_two=by_two)
        yield running.app


def _kept_portrait(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "portrait.jpg"
    if not path.exists():
        path.write_bytes(portrait_jpeg())
    return path


async def _migrate(settings: Settings) -> None:
    vault = open_vault(settings.vault())
    engine = open_engine(settings.database_url)
    await upgrade(engine, lambda: vault)
    await engine.dispose()


def _simulator(settings: Settings, base: str, portrait: Path, enrolment: "DemoEnrolment") -> Simulator:
    return Simulator(
        webhook_url=f"{base}/wechat",
        token=settings.wechat_token,
        app_id=settings.wechat_app_id,
        secret=settings.wechat_app_secret,
        aes_key=settings.wechat_aes_key or "",
        people=[sample.shown(portrait) for sample in SAMPLES],
        enrol=enrolment.enrol,
    )


@dataclass(frozen=True, slots=True)
class DemoEnrolment:
    """Writes sample people and newcomers into the demo's registry; exists nowhere else."""

    service: Service

    async def load_samples(self, portrait: Path) -> None:
        """Import the sample registry and enrol the sample portrait for those who have one."""
        enrolled = await self.service.pool.run(self._enrolled_sample, portrait)
        template = None if isinstance(enrolled, Busy) else enrolled.template
        async with transaction(self.service.engine) as conn:
            changed = await self._changed(conn)
            await Beneficiaries(self.service.vault).put(conn, changed, system_clock())
            for sample in SAMPLES:
                if sample.has_portrait and template:
                    await self._put(conn, sample.typed.number, template, "sample")

    def _enrolled_sample(self, portrait: Path) -> Enrolment:
        """Enrol a picture of our own, which needs no decoding process."""
        return self.service.pool.checker.enrol_picture(IN_PROCESS.image(portrait.read_bytes()))

    async def _changed(self, conn: Connection) -> list[Beneficiary]:
        """Return the samples that differ from what is held: an import is a sign of life, a restart is not."""
        today = local_date(self.service.clock())
        samples = [sample.beneficiary(today) for sample in SAMPLES]
        registry = Beneficiaries(self.service.vault)
        held = [await registry.find(conn, one.scheme, *one.identity.document) for one in samples]
        pairs = zip(samples, held, strict=True)
        return [one for one, known in pairs if known is None or not _is_alike(one, known)]

    async def enrol(self, name: str, number: str, image: bytes) -> str:
        """Enrol a newcomer in both schemes; return "" or a sentence saying why not."""
        good_name, good_number = check_name(name), check_number(IdType.RESIDENT_ID, number)
        if good_name is None or good_number is None:
            return WRONG_DETAILS
        template = await self._template(image)
        if isinstance(template, str):
            return template
        rows = [_newcomer(scheme, good_name, good_number) for scheme in Scheme]
        async with transaction(self.service.engine) as conn:
            await Beneficiaries(self.service.vault).put(conn, rows, system_clock())
            await self._put(conn, good_number, template, "demo")
        return ""

    async def _template(self, image: bytes) -> bytes | str:
        pool = self.service.pool
        enrolled = await pool.run(pool.checker.enrol, image)
        if isinstance(enrolled, Busy):
            return BUSY_TEXT
        if enrolled.template is None or enrolled.reason is not Reason.OK:
            return capture_message("retry", enrolled.reason).spoken(DEFAULT)
        return enrolled.template

    async def _put(self, conn: Connection, number: str, template: bytes, source: str) -> None:
        pack = self.service.pool.checker.pack_name
        made = EnrolmentTemplate(IdType.RESIDENT_ID, number, pack, template, source)
        await Enrolments(self.service.vault).put(conn, made, system_clock())


def _newcomer(scheme: Scheme, name: str, number: str) -> Beneficiary:
    identity = Identity(name, IdType.RESIDENT_ID, number)
    return Beneficiary(scheme, identity, "440100", BenefitStatus.ACTIVE, date(2015, 1, 1))


def _is_alike(one: Beneficiary, known: Beneficiary) -> bool:
    """Whether a sample is held already; its last pass was dated from the day on which it was imported."""
    return replace(one, last_certified=known.last_certified) == known
