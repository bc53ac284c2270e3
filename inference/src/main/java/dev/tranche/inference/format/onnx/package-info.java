/// ONNX files: what a graph says, which of its outputs is the answer, and trees read into our own engine.
@NullMarked
package dev.tranche.inference.format.onnx;

import org.jspecify.annotations.NullMarked;
