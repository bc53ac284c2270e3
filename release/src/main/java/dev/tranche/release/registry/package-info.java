/// What versions exist, what state each is in, and which names may follow which.
@NullMarked
package dev.tranche.release.registry;

import org.jspecify.annotations.NullMarked;
