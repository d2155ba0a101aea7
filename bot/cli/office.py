"""The words `tasks`, `grant` and `faces forget`: what they take, and which command they run."""

import argparse
from typing import TypeVar

from bot.cli import commands_assist
from bot.cli.operator import Words, day
from dialogs.values import IdType
from storage.records.tasks import TaskKind

_P = TypeVar("_P", bound=argparse.ArgumentParser)


def add_assistance(words: "Words[_P]") -> None:
    """Add what the office does for people who need more than the service alone."""
    _add_tasks(words.add_parser("tasks", help="what waits for the office"))
    _add_grant(words.add_parser("grant", help="a lighter check for one person"))


def add_forgetting(faces: "Words[_P]") -> None:
    """Add what follows from 撤回人脸同意."""
    forget = faces.add_parser("forget", help="delete a person's face templates")
    _add_person(forget)
    forget.set_defaults(
        run=lambda options: commands_assist.run_faces_forget(options.id_type, options.id_number)
    )


def _add_tasks(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="what is open, the oldest first, people masked")
    listing.add_argument("--kind", type=TaskKind, choices=list(TaskKind), default=None)
    listing.set_defaults(run=lambda options: commands_assist.run_tasks_list(options.kind))
    show = actions.add_parser("show", help="one task with its person in full; the look is recorded")
    show.add_argument("id", type=int, metavar="ID")
    show.set_defaults(run=lambda options: commands_assist.run_tasks_show(options.id))
    done = actions.add_parser("done", help="end a task")
    done.add_argument("id", type=int, metavar="ID")
    done.set_defaults(run=lambda options: commands_assist.run_tasks_done(options.id))


def _add_grant(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    passive = actions.add_parser("passive", help="let a photo do, which proves no life")
    _add_person(passive)
    passive.add_argument("--until", type=day, required=True, help="the last day, such as 2026-05-04")
    passive.add_argument("--reason", required=True, help="why, and who looked into it; kept sealed")
    passive.set_defaults(
        run=lambda options: commands_assist.run_grant_passive(
            options.id_type, options.id_number, options.until, options.reason
        )
    )
    revoke = actions.add_parser("revoke", help="take it back at once")
    _add_person(revoke)
    revoke.set_defaults(
        run=lambda options: commands_assist.run_grant_revoke(options.id_type, options.id_number)
    )
    actions.add_parser("list", help="what is in force, people masked").set_defaults(
        run=lambda _: commands_assist.run_grant_list()
    )


def _add_person(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--id-type", type=IdType, choices=list(IdType), required=True)
    parser.add_argument("--id-number", required=True, metavar="N")
