/// What must be right before a detector goes live: points, and how each is found out.
@NullMarked
package dev.tranche.engine.preflight;

import org.jspecify.annotations.NullMarked;
