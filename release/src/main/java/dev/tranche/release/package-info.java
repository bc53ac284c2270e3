/// The decisions: what may go live, to whom, and when it comes back.
@NullMarked
package dev.tranche.release;

import org.jspecify.annotations.NullMarked;
