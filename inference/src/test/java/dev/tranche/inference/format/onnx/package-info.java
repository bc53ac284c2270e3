/// ONNX files written by hand, read, and held against ONNX Runtime.
@NullMarked
package dev.tranche.inference.format.onnx;

import org.jspecify.annotations.NullMarked;
