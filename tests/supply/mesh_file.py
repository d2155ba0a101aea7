"""Makes the packaged face mesh of MediaPipe's file: `python -m tests.supply.mesh_file`.

The program needs neither the format's reader nor the converter for it.
"""

from pathlib import Path

import onnx

from face.models.graphs import spell_out_prelus
from face.models.model_files import MESH
from face.models.pack_loader import MESH_INPUT

SOURCE = Path(__file__).parent / "face_landmark.tflite"


def converted() -> bytes:
    """Return the TensorFlow Lite model as an ONNX one, from the picture to the points alone, serialised.

    The converter keeps weights and shapes of layers in sets: their order is chance, and goes.
    """
    import tflite  # noqa: PLC0415 - every worker of the suite collects the test that names this module
    from tflite2onnx.model import Model  # noqa: PLC0415

    lite = Model(tflite.Model.GetRootAsModel(SOURCE.read_bytes(), 0))
    lite.convert({})
    model = onnx.utils.Extractor(lite.onnx).extract_model([MESH_INPUT], [lite.onnx.graph.output[0].name])
    spell_out_prelus(model.graph)
    model.graph.initializer.sort(key=lambda weight: weight.name)
    del model.graph.value_info[:]
    serialised: bytes = model.SerializeToString()
    return serialised


if __name__ == "__main__":
    MESH.write_bytes(converted())
