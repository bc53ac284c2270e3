"""LightGBM's own library through its C interface: what Python's package does, for tests on machines without that package.

The class below carries the package's documented names (`Booster.model_to_string`, `predict`, `feature_name`); every number is
computed by the genuine native library, whose path is in TRANCHE_LIGHTGBM.
"""

import ctypes
import os

import numpy

DOUBLES, ROWS_FIRST = 1, 1
NORMAL, RAW = 0, 1


class Booster:
    """A trained model of the native library."""

    def __init__(self, rows, target, parameters, rounds):
        self.library = ctypes.CDLL(os.environ["TRANCHE_LIGHTGBM"])
        self.library.LGBM_GetLastError.restype = ctypes.c_char_p
        self.handle = ctypes.c_void_p()
        said = " ".join("%s=%s" % one for one in dict({"verbosity": -1, "num_threads": 1}, **parameters).items()).encode()
        data = ctypes.c_void_p()
        values = self.array(rows)
        shape = (ctypes.c_int32(values.shape[0]), ctypes.c_int32(values.shape[1]))
        place = values.ctypes.data_as(ctypes.c_void_p)
        self.call("LGBM_DatasetCreateFromMat", place, DOUBLES, *shape, ROWS_FIRST, said, None, ctypes.byref(data))
        labels = numpy.ascontiguousarray(target, dtype=numpy.float32)
        self.call("LGBM_DatasetSetField", data, b"label", labels.ctypes.data_as(ctypes.c_void_p), len(labels), 0)
        self.call("LGBM_BoosterCreate", data, said, ctypes.byref(self.handle))
        done = ctypes.c_int()
        for _ in range(rounds):
            self.call("LGBM_BoosterUpdateOneIter", self.handle, ctypes.byref(done))
        self.call("LGBM_DatasetFree", data)
        self.width = values.shape[1]

    @staticmethod
    def array(rows):
        return numpy.ascontiguousarray(rows, dtype=numpy.float64)

    def call(self, name, *arguments):
        if getattr(self.library, name)(*arguments) != 0:
            raise ValueError(self.library.LGBM_GetLastError().decode())

    def model_to_string(self, num_iteration=-1):
        size = ctypes.c_int64()
        buffer = ctypes.create_string_buffer(1 << 22)
        length = ctypes.c_int64(len(buffer))
        name = "LGBM_BoosterSaveModelToString"
        self.call(name, self.handle, 0, num_iteration, 0, length, ctypes.byref(size), buffer)
        return buffer.value.decode()

    def feature_name(self):
        return ["Column_%d" % place for place in range(self.width)]

    def predict(self, rows, raw_score=False):
        values = self.array(rows)
        answers = numpy.zeros(len(values) * 8)
        length = ctypes.c_int64()
        kind = RAW if raw_score else NORMAL
        shape = (ctypes.c_int32(values.shape[0]), ctypes.c_int32(values.shape[1]))
        place, answer = (one.ctypes.data_as(ctypes.c_void_p) for one in (values, answers))
        arguments = (self.handle, place, DOUBLES, *shape, ROWS_FIRST, kind, 0, -1, b"num_threads=1", ctypes.byref(length), answer)
        self.call("LGBM_BoosterPredictForMat", *arguments)
        found = answers[: length.value]
        return found if length.value == len(values) else found.reshape(len(values), -1)


Booster.__module__ = "lightgbm.basic"  # where the package has it, and where the exporter looks
