"""Lists every kind of attack of the bench, and the honest people to compare with, as tables."""

from collections.abc import Mapping, Sequence
from functools import cache
from random import Random
from types import MappingProxyType

from face.attack.display import Display
from face.attack.footage import Footage
from face.attack.photos import VERY_NEAR, bent, brought_closer, mask, photo, rolled, tilted, turned
from face.attack.presentations import (
    Choose,
    EarlyTiming,
    FollowingTiming,
    film,
    head,
    played,
    staged,
)
from face.attack.puppets.presentations import PUPPETS
from face.attack.scene import Material, PreparePresentation, Presentation, Scene, ShownPrompt
from face.liveness.challenge import orders
from face.liveness.movements import MOVEMENTS, MOVES, TURNS, Action

# ---- clips that ignore the prompts


def _start(random: Random, footage: Footage) -> float:
    return random.uniform(0, len(footage.clip) / footage.rate)


def _whole(material: Material, random: Random) -> Presentation:
    return film(
        material.person.clip, material.person.rate, random.choice((0.0, _start(random, material.person)))
    )


def _reversed(material: Material, random: Random) -> Presentation:
    start = _start(random, material.person)
    return film(material.person.clip[::-1], material.person.rate, start, loop=random.random() < 0.5)


def _looped(material: Material, random: Random) -> Presentation:
    return film(material.person.clip, material.person.rate, _start(random, material.person), loop=True)


def _other_speed(material: Material, random: Random) -> Presentation:
    rate = material.person.rate * random.choice((0.2, 0.33, 0.5, 0.7, 1.4, 2.0, 3.0))
    return film(material.person.clip, rate, _start(random, material.person), loop=True)


def _shuffled(material: Material, random: Random) -> Presentation:
    frames = random.sample(material.person.clip, len(material.person.clip))
    return film(frames, material.person.rate, loop=True)


def _staged(material: Material, random: Random) -> Presentation:
    return played(staged(random), head(material.person, random))


@cache
def _beginning_with(actions: tuple[Action, ...]) -> tuple[tuple[Action, ...], ...]:
    return tuple(order for order in orders() if order[: len(actions)] == actions)


def _guessed(material: Material, random: Random) -> Presentation:
    """Guess the movement at each prompt, knowing which orders can be drawn but not which one was drawn."""
    right: list[Action] = []

    def answer(asked: Action) -> Action:
        """Guess a movement that fits the right guesses so far; after a wrong guess a new draw begins."""
        likely = _beginning_with(tuple(right))
        guess = random.choice(likely)[len(right)]
        if guess is not asked or len(right) + 1 == len(likely[0]):
            right.clear()
        else:
            right.append(asked)
        return guess

    return played(FollowingTiming(random, answer), head(material.person, random))


# ---- other people


def _follower(footage: Footage, random: Random) -> Presentation:
    return played(_at_own_pace(footage, random), head(footage, random))


def _at_own_pace(footage: Footage, random: Random, choose: Choose = lambda asked: asked) -> FollowingTiming:
    """Follow as fast as in the clip. An attacker who injects a clip or a puppet may choose another pace."""
    return FollowingTiming(random, choose, own=footage.seconds)


def _stranger(material: Material, random: Random) -> Presentation:
    return _follower(random.choice(material.others), random)


def _swap_midway(material: Material, random: Random) -> Presentation:
    """Show two people in turn, each in exactly the other's place; both appear in every draw."""
    pair = [material.person, random.choice(material.others)]
    random.shuffle(pair)
    first, second = (_follower(footage, random) for footage in pair)
    change = random.randint(2, 4)  # of five prompts
    return lambda prompts, at: (second if len(prompts) // change % 2 else first)(prompts, at)


def _swap_in_movement(material: Material, random: Random) -> Presentation:
    """Show the enrolled person at rest and another one moving in the same place, as injected video can."""
    timing = FollowingTiming(random)
    resting, moving = head(material.person, random), head(random.choice(material.others), random)

    def presentation(prompts: Sequence[ShownPrompt], at: float) -> Scene:
        """Show the enrolled person at rest, and the other person once a movement has reached a tenth."""
        motion = timing(prompts, at)
        return (resting if motion[1] < 0.1 else moving)(motion, at)

    return presentation


def _two_faces(material: Material, random: Random) -> Presentation:
    """Show a second person all the time while the enrolled one follows."""
    presentation, beside = _follower(material.person, random), random.choice(material.others).rests[0]

    def both(prompts: Sequence[ShownPrompt], at: float) -> Scene:
        """Show the follower's scene with the second face in it."""
        scene = presentation(prompts, at)
        return Scene(scene.frame, second=beside, nearer=scene.nearer)

    return both


# ---- the enrolled person doing wrong, and no person


def _wrong(material: Material, random: Random) -> Presentation:
    def another(asked: Action) -> Action:
        """Choose any movement but the one that is asked for."""
        return random.choice([action for action in MOVES if action is not asked])

    return played(_at_own_pace(material.person, random, another), head(material.person, random))


def _late(material: Material, random: Random) -> Presentation:
    return played(FollowingTiming(random, delay=(5.5, 8.0)), head(material.person, random))


def _early(material: Material, random: Random) -> Presentation:
    return played(EarlyTiming(random), head(material.person, random))


def _mirror(material: Material, random: Random) -> Presentation:
    return _follower(material.mirror(), random)


def _frozen(material: Material, random: Random) -> Presentation:
    """Show a still: the same file again and again, or through a camera whose pictures always differ."""
    frame, same = random.choice(material.person.rests), random.random() < 0.5

    return lambda _prompts, _at: Scene(frame, same=same)


# ---- honest people


def _honest(material: Material, random: Random) -> Presentation:
    return _follower(material.person, random)


def _wrong_turn(material: Material, random: Random) -> Presentation:
    """Turn the wrong way at the first turn, and the right way after that."""
    erred: list[Action] = []

    def answer(asked: Action) -> Action:
        """Return the mirrored turn the first time, and the movement asked for after that."""
        if asked in TURNS and not erred:
            erred.append(asked)
            return MOVEMENTS.mirror(asked)
        return asked

    return played(_at_own_pace(material.person, random, answer), head(material.person, random))


ATTACKS: Mapping[str, PreparePresentation] = MappingProxyType(
    {
        "photo_turned": photo(turned),
        "photo_tilted": photo(tilted),
        "photo_bent": photo(bent),
        "photo_bent_near": photo(rolled, distances=VERY_NEAR),
        "photo_closer": photo(brought_closer),
        "screen": photo(turned, display=Display()),
        "eyes_cut_out": mask,
        "clip_whole": _whole,
        "clip_reversed": _reversed,
        "clip_looped": _looped,
        "clip_other_speed": _other_speed,
        "clip_shuffled": _shuffled,
        "clip_staged": _staged,
        "clip_guessed": _guessed,
        "other_person": _stranger,
        "swap_midway": _swap_midway,
        "swap_in_movement": _swap_in_movement,
        "two_faces": _two_faces,
        "mirror_image": _mirror,
        "wrong_actions": _wrong,
        "late_actions": _late,
        "early_actions": _early,
        "frozen": _frozen,
        **PUPPETS,
    }
)
GENUINE: Mapping[str, PreparePresentation] = MappingProxyType(
    {"follows": _honest, "one_wrong_turn": _wrong_turn}
)
