package dev.tranche.inference;

import dev.tranche.inference.format.Json;

/// One row of `samples.jsonl`: a request and the numbers that the trainer saw for it.
///
/// @param line its line in the file, from 1
/// @param input the features by name
/// @param transformed the vector that the model was given; empty when the file does not say
/// @param margins the raw sums, to be reproduced bit for bit; empty when the file of an ONNX model does not
///     say
/// @param outputs the answer, to be reproduced within two units in the last place of the model's precision

@SuppressWarnings("ArrayRecordComponent") // numbers to compare with, read once
public record GoldenRow(int line, Json.Struct input, double[] transformed, double[] margins, double[] outputs) {}
