"""Every kind of attack of the bench, and the honest people beside them, as a table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from random import Random
from types import MappingProxyType

from face.attack.footage import Footage, opposite
from face.attack.players import (
    CLOSEST,
    Following,
    Hasty,
    Motion,
    Span,
    film,
    head,
    played,
    sheet,
    staged,
)
from face.attack.scene import Player, Scene, Shown, Source, Stock
from face.attack.surface import Surface
from face.challenge import MOVES, TURNS, Action, orders

# ---- photos and screens


DISTANCES, NEARNESS = (3.0, 6.5), (1.0, 1.3)
"""Eye distances between photo and camera, and how much nearer still it is held.

From an arm's length to 15 cm, where only a very wide camera sees a face as small as the check wants.
"""


VERY_NEAR = (2.0, 3.0)
"""12 to 19 cm; nearest it takes a lens of 100° and more."""


def _photo(
    held: Callable[[Random], Callable[[Motion], Surface]],
    *,
    screen: bool = False,
    distances: Span = DISTANCES,
) -> Source:
    def source(stock: Stock, random: Random) -> Player:
        frame, surface = random.choice(stock.person.rests), _near(held(random), random, distances)
        return played(Following(random), sheet(frame, surface, random, screen=screen))

    return source


def _near(
    held: Callable[[Motion], Surface], random: Random, distances: Span = DISTANCES
) -> Callable[[Motion], Surface]:
    """Hold a photo at some distance."""
    distance, nearer = random.uniform(*distances), random.uniform(*NEARNESS)

    def at(motion: Motion) -> Surface:
        surface = held(motion)
        return replace(surface, distance=distance, nearer=nearer * surface.nearer)

    return at


def _by_action(
    random: Random, across: Span, upwards: Span = (5, 40)
) -> Callable[[Motion], tuple[float, float, float]]:
    """Answer a prompt as a hand can: yaw and pitch in degrees, and nearness."""
    yaw, pitch = random.uniform(*across), random.uniform(*upwards)
    way = {
        Action.TURN_LEFT: (yaw, 0.0, 1.0),
        Action.TURN_RIGHT: (-yaw, 0.0, 1.0),
        Action.LOOK_UP: (0.0, pitch, 1.0),
        Action.LOOK_DOWN: (0.0, -pitch, 1.0),
        Action.CLOSER: (0.0, 0.0, CLOSEST),
        Action.CENTRE: (0.0, 0.0, 1.0),
    }

    def pose(motion: Motion) -> tuple[float, float, float]:
        (across, up, near), part = way[motion[0]], motion[1]
        return across * part, up * part, 1 + (near - 1) * part

    return pose


def _turned(random: Random) -> Callable[[Motion], Surface]:
    pose = _by_action(random, (15, 65))

    def held(motion: Motion) -> Surface:
        yaw, pitch, near = pose(motion)
        return Surface(yaw, pitch, nearer=near)

    return held


def _tilted(random: Random) -> Callable[[Motion], Surface]:
    pose, skew = _by_action(random, (15, 50)), random.uniform(-0.8, 0.8)

    def held(motion: Motion) -> Surface:
        yaw, pitch, near = pose(motion)
        return Surface(yaw, pitch + skew * yaw, skew * yaw / 2, near)

    return held


def _bent(random: Random) -> Callable[[Motion], Surface]:
    """Bend it all the time, or only for the movement; round anything from a tin to a bucket."""
    pose, radius = _by_action(random, (15, 60)), random.uniform(0.7, 4.0)
    slant, only_then = random.uniform(-25, 25), random.random() < 0.5

    def held(motion: Motion) -> Surface:
        yaw, pitch, near = pose(motion)
        bend = max(motion[1], 0.05) if only_then else 1.0
        return Surface(yaw, pitch, nearer=near, radius=radius / bend, slant=slant)

    return held


def _rolled(random: Random) -> Callable[[Motion], Surface]:
    """Bend it all the time as perspective likes it best, upright."""
    pose, radius = _by_action(random, (25, 60), (20, 50)), random.uniform(1.5, 2.2)

    def held(motion: Motion) -> Surface:
        yaw, pitch, near = pose(motion)
        return Surface(yaw, pitch, nearer=near, radius=radius)

    return held


def _brought_closer(random: Random) -> Callable[[Motion], Surface]:
    near, yaw = random.uniform(1.1, 2.0), random.uniform(0, 25)

    def held(motion: Motion) -> Surface:
        action, part = motion
        side = yaw * part * (1 if action is Action.TURN_LEFT else -1 if action is Action.TURN_RIGHT else 0)
        return Surface(side, nearer=1 + (near - 1) * part)

    return held


def _mask(stock: Stock, random: Random) -> Player:
    """Wear a photo with the eyes cut out: bent round a head, it turns with it."""
    radius, pose = random.uniform(1.2, 2.5), _by_action(random, (20, 45))

    def held(motion: Motion) -> Surface:
        yaw, pitch, near = pose(motion)
        return Surface(yaw, pitch, nearer=near, radius=radius)

    return played(Following(random), sheet(random.choice(stock.masks), _near(held, random), random))


# ---- clips, played blindly


def _start(random: Random, footage: Footage) -> float:
    return random.uniform(0, len(footage.clip) / footage.rate)


def _whole(stock: Stock, random: Random) -> Player:
    return film(stock.person.clip, stock.person.rate, random.choice((0.0, _start(random, stock.person))))


def _reversed(stock: Stock, random: Random) -> Player:
    start = _start(random, stock.person)
    return film(stock.person.clip[::-1], stock.person.rate, start, loop=random.random() < 0.5)


def _looped(stock: Stock, random: Random) -> Player:
    return film(stock.person.clip, stock.person.rate, _start(random, stock.person), loop=True)


def _other_speed(stock: Stock, random: Random) -> Player:
    rate = stock.person.rate * random.choice((0.2, 0.33, 0.5, 0.7, 1.4, 2.0, 3.0))
    return film(stock.person.clip, rate, _start(random, stock.person), loop=True)


def _shuffled(stock: Stock, random: Random) -> Player:
    frames = random.sample(stock.person.clip, len(stock.person.clip))
    return film(frames, stock.person.rate, loop=True)


def _staged(stock: Stock, random: Random) -> Player:
    return played(staged(random), head(stock.person, random))


def _guessed(stock: Stock, random: Random) -> Player:
    """Start a prepared movement at each prompt: sees that one is asked for, not which; knows the orders."""
    right: list[Action] = []

    def answer(asked: Action) -> Action:
        likely = [order for order in orders() if order[: len(right)] == tuple(right)]
        guess = random.choice(likely)[len(right)]
        if guess is not asked or len(right) + 1 == len(likely[0]):
            right.clear()
        else:
            right.append(asked)
        return guess

    return played(Following(random, answer), head(stock.person, random))


# ---- other people


def _follower(footage: Footage, random: Random) -> Player:
    return played(Following(random), head(footage, random))


def _stranger(stock: Stock, random: Random) -> Player:
    return _follower(random.choice(stock.others), random)


def _swap_midway(stock: Stock, random: Random) -> Player:
    """Let two people take turns, each in exactly the other's place; both are in every draw."""
    pair = [stock.person, random.choice(stock.others)]
    random.shuffle(pair)
    first, second = (_follower(footage, random) for footage in pair)
    change = random.randint(2, 6)
    return lambda prompts, at: (second if len(prompts) // change % 2 else first)(prompts, at)


def _swap_in_movement(stock: Stock, random: Random) -> Player:
    """Let the enrolled person rest, and somebody else move in exactly that place, as injected film can."""
    timing = Following(random)
    resting, moving = head(stock.person, random), head(random.choice(stock.others), random)

    def player(prompts: Sequence[Shown], at: float) -> Scene:
        motion = timing(prompts, at)
        return (resting if motion[1] < 0.1 else moving)(motion, at)

    return player


def _two_faces(stock: Stock, random: Random) -> Player:
    """Let somebody look on all the time while the right person follows."""
    player, beside = _follower(stock.person, random), random.choice(stock.others).rests[0]

    def both(prompts: Sequence[Shown], at: float) -> Scene:
        scene = player(prompts, at)
        return Scene(scene.frame, second=beside, nearer=scene.nearer)

    return both


# ---- the right person, doing wrong; and no person


def _answering(answer: Callable[[Action, Random], Action]) -> Source:
    def source(stock: Stock, random: Random) -> Player:
        return played(Following(random, lambda asked: answer(asked, random)), head(stock.person, random))

    return source


def _another(asked: Action, random: Random) -> Action:
    return random.choice([action for action in MOVES if action is not asked])


def _late(stock: Stock, random: Random) -> Player:
    return played(Following(random, delay=(5.5, 8.0)), head(stock.person, random))


def _early(stock: Stock, random: Random) -> Player:
    return played(Hasty(random), head(stock.person, random))


def _mirror(stock: Stock, random: Random) -> Player:
    return _follower(stock.mirror, random)


def _frozen(stock: Stock, random: Random) -> Player:
    """Hold a still: the same file again and again, or as a camera sees it, never twice the same."""
    frame, same = random.choice(stock.person.rests), random.random() < 0.5

    return lambda _prompts, _at: Scene(frame, same=same)


# ---- honest people


def _honest(stock: Stock, random: Random) -> Player:
    return _follower(stock.person, random)


def _wrong_turn(stock: Stock, random: Random) -> Player:
    """Turn the wrong way at the first turn asked for, and rightly ever after."""
    erred: list[Action] = []

    def answer(asked: Action) -> Action:
        if asked in TURNS and not erred:
            erred.append(asked)
            return opposite(asked)
        return asked

    return played(Following(random, answer), head(stock.person, random))


ATTACKS: Mapping[str, Source] = MappingProxyType(
    {
        "photo_turned": _photo(_turned),
        "photo_tilted": _photo(_tilted),
        "photo_bent": _photo(_bent),
        "photo_bent_near": _photo(_rolled, distances=VERY_NEAR),
        "photo_closer": _photo(_brought_closer),
        "screen": _photo(_turned, screen=True),
        "eyes_cut_out": _mask,
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
        "wrong_actions": _answering(_another),
        "late_actions": _late,
        "early_actions": _early,
        "frozen": _frozen,
    }
)
GENUINE: Mapping[str, Source] = MappingProxyType({"follows": _honest, "one_wrong_turn": _wrong_turn})
