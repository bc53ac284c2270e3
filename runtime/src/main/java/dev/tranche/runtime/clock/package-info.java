/// Time as an argument: the machine's clock and one that tests set.
@NullMarked
package dev.tranche.runtime.clock;

import org.jspecify.annotations.NullMarked;
