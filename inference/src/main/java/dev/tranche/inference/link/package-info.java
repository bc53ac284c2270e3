/// From a margin to an output: the inverse links of generalised models, bit for bit where the trainer is.
@NullMarked
package dev.tranche.inference.link;

import org.jspecify.annotations.NullMarked;
