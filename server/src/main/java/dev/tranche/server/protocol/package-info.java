/// The Open Inference Protocol v2 free of any transport: tensors in, decisions, tensors out.
@NullMarked
package dev.tranche.server.protocol;

import org.jspecify.annotations.NullMarked;
