"""Presents one photo that moves as the prompts ask: injected, on a screen, as a talking head, or swapped.

The photo is never the enrolled one. Lids close now and then in half of the tries.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import sin
from random import Random

from face.attack.display import Display
from face.attack.filmed.frame import Frame
from face.attack.presentations import Body, FollowingTiming, Motion, head, played
from face.attack.puppets.blur_and_grain import BlurAndGrain
from face.attack.puppets.transplant import EYES_AND_MOUTH, transplanted
from face.attack.puppets.warp import Puppet, PuppetPose, Warp
from face.attack.scene import Material, PreparePresentation, Presentation, Scene, ShownPrompt, Warped
from face.liveness.movements import MOVEMENTS, NEARER, NOD, TURN, Action

GAIN = (1.5, 2.6)
"""Ratio of the mesh's degrees to the prompt's: a warped photo is read as moving less than it does."""
MOST_YAW, MOST_PITCH = 42.0, 35.0
"""Degrees beyond which the triangles of a warp turn over and the face falls apart."""
MOST_NEARER = 0.5
PUSH = 0.15
"""Share by which a movement grows each second while the page asks for more."""
DRIVERS = 3
"""Number of frames of another clip from which a talking head gets its eyes and mouth."""
BLINK = 0.15
BLUR, GRAIN = (1.5, 4.5), (6.0, 20.0)
"""Standard deviations of blur and grain over a movement: pixels of a face 180 wide, grey values."""
STIRS = 4.0
"""Degrees of the mesh beyond which a puppet is moving; a hand sways by less."""


def puppet(material: Material, random: Random) -> Presentation:
    """Warp one photo, injected as a virtual camera does."""
    return played(FollowingTiming(random), puppeteer([_photo(material, random)], random))


def puppet_on_screen(material: Material, random: Random) -> Presentation:
    """Show the puppet on a second screen, whose border the camera does not see."""
    injected, display = puppet(material, random), Display.drawn(random)
    return lambda prompts, at: replace(injected(prompts, at), display=display)


def puppet_of_clip(material: Material, random: Random) -> Presentation:
    """Warp one photo whose eyes and mouth come from the frames of a clip, as talking heads have them."""
    still, clip = _photo(material, random), (material.person.clip, random.choice(material.others).clip)
    drivers = random.sample(random.choice(clip), DRIVERS)
    talking = [replace(still, picture=transplanted(still, driver, EYES_AND_MOUTH)) for driver in drivers]
    return played(FollowingTiming(random), puppeteer([still, *talking], random))


def face_swap(material: Material, random: Random) -> Presentation:
    """Put the face of one photo on another person who follows the prompts."""
    still, mover = _photo(material, random), head(random.choice(material.others), random)
    following = played(FollowingTiming(random), mover)
    return lambda prompts, at: replace(following(prompts, at), face=still)


def _degraded(draw: Callable[[Random], BlurAndGrain]) -> PreparePresentation:
    def prepare(material: Material, random: Random) -> Presentation:
        """Blur a talking head, or make it grainy, only while it moves, when traces of the warp show."""
        blur_and_grain, talking = draw(random), puppet_of_clip(material, random)

        def shown(prompts: Sequence[ShownPrompt], at: float) -> Scene:
            """Return the scene, with blur or grain if it moves."""
            scene = talking(prompts, at)
            return replace(scene, blur_and_grain=blur_and_grain) if _stirs(scene) else scene

        return shown

    return prepare


def _stirs(scene: Scene) -> bool:
    if scene.warped is None:
        return False
    pose = scene.warped.pose
    return max(abs(pose.yaw), abs(pose.pitch)) > STIRS or pose.nearer > 1


def _photo(material: Material, random: Random) -> Frame:
    return random.choice([rest for rest in material.person.rests if rest.points is not None])


def puppeteer(stills: Sequence[Frame], random: Random) -> Body:
    """Move the first of `stills`, or all of them in turn, by one way of warping; a hand sways a little."""
    warp = random.choice(list(Warp))
    puppets = [Puppet(still.picture, still.points, warp) for still in stills if still.points is not None]
    gain, phase, pace = random.uniform(*GAIN), random.uniform(0, 6), random.uniform(1.0, 3.0)
    blinks, sway, pushed = random.random() < 0.5, random.uniform(0.5, 2.5), _Pushed()

    def body(motion: Motion, at: float) -> Scene:
        """Return the warped still for a motion, with blinks and the sway of a hand."""
        place = int(at * pace) % len(puppets)
        lids = 1.0 if blinks and (at + phase) % 3.0 < BLINK else 0.0
        aside = (sway * sin(0.9 * at + phase), 0.6 * sway * sin(1.3 * at))
        return Scene(
            stills[0], warped=Warped(puppets[place], _pose(motion, gain * pushed.by(motion, at), aside, lids))
        )

    return body


@dataclass(slots=True)
class _Pushed:
    """Goes further with every second that a movement is held without the next prompt."""

    _moving: Action = Action.CENTRE
    _since: float = 0.0

    def by(self, motion: Motion, at: float) -> float:
        """Return the factor of the movement: 1, and `PUSH` more for each second that it is fully held."""
        action, part = motion
        if action is not self._moving or part < 1:
            self._moving, self._since = action, at
        return 1 + PUSH * (at - self._since)


def _pose(motion: Motion, gain: float, sway: tuple[float, float], lids: float) -> PuppetPose:
    action, part = motion
    right, up, nearer = (0, 0, 0) if action is Action.CENTRE else MOVEMENTS.of(action).direction
    return PuppetPose(
        yaw=min(TURN * gain, MOST_YAW) * part * right + 0.3 * sway[0],
        pitch=min(NOD * gain, MOST_PITCH) * part * up + 0.3 * sway[1],
        nearer=1 + min(0.7 * NEARER * gain, MOST_NEARER) * part * nearer,
        sway=sway,
        lids=lids,
    )


PUPPETS: dict[str, PreparePresentation] = {
    "puppet": puppet,
    "puppet_on_screen": puppet_on_screen,
    "puppet_of_clip": puppet_of_clip,
    "puppet_blurred": _degraded(lambda random: BlurAndGrain(blur=random.uniform(*BLUR))),
    "puppet_grainy": _degraded(lambda random: BlurAndGrain(grain=random.uniform(*GRAIN))),
    "face_swap": face_swap,
}
