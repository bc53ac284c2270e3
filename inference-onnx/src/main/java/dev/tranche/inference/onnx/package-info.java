/// ONNX Runtime behind the interface of a model: for graphs that our own engine does not answer itself.
@NullMarked
package dev.tranche.inference.onnx;

import org.jspecify.annotations.NullMarked;
