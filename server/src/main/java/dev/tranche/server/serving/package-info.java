/// The serving path: which version answers a unit, how it is asked, and what happens when it does not answer.
@NullMarked
package dev.tranche.server.serving;

import org.jspecify.annotations.NullMarked;
