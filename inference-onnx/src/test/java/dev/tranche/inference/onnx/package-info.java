/// Graphs answered by ONNX Runtime, held against what scikit-learn answered.
@NullMarked
package dev.tranche.inference.onnx;

import org.jspecify.annotations.NullMarked;
