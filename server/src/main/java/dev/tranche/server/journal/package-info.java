/// The decision journal: what was answered and why, and everything that is read off it.
@NullMarked
package dev.tranche.server.journal;

import org.jspecify.annotations.NullMarked;
