"""The numbers underneath: doubles, thresholds, functions and the transform's own arithmetic."""

import math
import random
import unittest

from tests.support import needs
from tranche_export import golden, log1p, program
from tranche_export.functions import narrowed, sigmoid, single


class NumbersTest(unittest.TestCase):
    def test_log1p_lies_within_one_unit_of_the_c_library(self):
        chance = random.Random(20261120)
        values = [chance.uniform(-1, 2) for _ in range(2000)] + [10.0 ** chance.uniform(-300, 300) for _ in range(2000)]
        values += [-x for x in values if 0 < x < 1] + [0.0, -0.0, 1.0, math.sqrt(2) - 1, 2.0**53, 1e308]
        for x in values:
            if x > -1:
                self.assertLessEqual(abs(log1p(x) - math.log1p(x)), math.ulp(math.log1p(x)), x)
        self.assertTrue(math.isnan(log1p(-1.0)) and math.isnan(log1p(math.nan)))
        self.assertEqual(math.copysign(1, log1p(-0.0)), -1.0)

    def test_a_crossing_is_found_to_the_last_bit(self):
        for at in (0.1, -7.25, 1e-310, 1e300):
            low, high = golden.crossing(lambda x, at=at: x < at, -1e308, 1e308)
            self.assertEqual((high, math.nextafter(low, math.inf)), (at, at))
        self.assertIsNone(golden.crossing(lambda x: True, 0.0, 1.0))

    def test_doubles_keep_their_order_as_whole_numbers(self):
        values = [-1.7e308, -1.0, -5e-324, 0.0, 5e-324, 1.0, 1.7e308]
        places = [golden.ordered(value) for value in values]
        self.assertEqual(places, sorted(places))
        self.assertEqual([golden.double(place) for place in places], values)

    def test_a_float_is_written_as_a_float_reads(self):
        for value, text in ((0.1, "0.1"), (-0.0, "-0.0"), (1e39, "1e+39"), (math.nan, "null")):
            self.assertEqual(narrowed(value), text)
        self.assertEqual(float(narrowed(16777217.0)), 16777216.0)
        chance = random.Random(3)
        for _ in range(2000):
            value = single(chance.lognormvariate(0, 20) * chance.choice((-1, 1)))
            self.assertEqual(single(float(narrowed(value))), value)
        self.assertEqual(single(1e39), math.inf)
        self.assertEqual((sigmoid(0.0), sigmoid(-1e4)), (0.5, 0.0))

    @needs("numpy")
    def test_a_double_threshold_sends_every_double_as_its_float_goes(self):
        import numpy

        from tranche_export.lightgbm_text import double_threshold

        chance = random.Random(7)
        for _ in range(300):
            threshold = chance.choice([chance.uniform(-9, 9), chance.lognormvariate(0, 9), float(numpy.float32(chance.random()))])
            at = double_threshold(threshold)
            for x in (at, math.nextafter(at, -math.inf), math.nextafter(at, math.inf), threshold):
                self.assertEqual(x <= at, float(numpy.float32(x)) <= threshold, (threshold, x))

    def test_the_operations_say_what_the_reference_says(self):
        cases = [
            ({"op": "bin", "input": "x", "output": "y", "closed": "left", "edges": [25, 35]}, 25.0, 1.0),
            ({"op": "bin", "input": "x", "output": "y", "closed": "right", "edges": [25, 35]}, 25.0, 0.0),
            ({"op": "min_max", "input": "x", "output": "y", "min": 20, "max": 70}, 45.0, 0.5),
            ({"op": "clip", "input": "x", "output": "y", "lower": 0, "upper": 50}, 120.0, 50),
            ({"op": "sqrt", "input": "x", "output": "y"}, 9.0, 3.0),
            ({"op": "parse", "input": "x", "output": "y", "type": "text"}, 101.0, "101"),
            ({"op": "parse", "input": "x", "output": "y", "type": "text"}, 101.5, "101.5"),
            ({"op": "points", "input": "x", "output": "y", "closed": "left", "edges": [6], "points": [9, 1], "special": [],
              "missing": 3}, None, 3),
            ({"op": "ordinal", "input": "x", "output": "y", "order": ["A", "B"], "missing": None, "unseen": -1}, "Z", -1),
        ]
        for step, given, expected in cases:
            self.assertEqual(program.run([step], {"x": given})["y"], expected, step)
        strict = {"op": "one_hot", "input": "x", "outputs": ["a"], "categories": ["A"], "missing": "zeros", "unseen": "refuse"}
        with self.assertRaises(program.RowRefused):
            program.run([strict], {"x": "B"})

    def test_only_the_steps_that_a_column_needs(self):
        steps = [
            {"op": "sqrt", "input": "a", "output": "b"},
            {"op": "sqrt", "input": "x", "output": "y"},
            {"op": "product", "inputs": ["b", "c"], "output": "d"},
        ]
        self.assertEqual(program.slice_for(steps, "d"), [steps[0], steps[2]])


if __name__ == "__main__":
    unittest.main()
