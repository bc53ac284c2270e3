/// How trading desks elsewhere do, as their engines tell it: the newest of each, with its age.
@NullMarked
package dev.tranche.server.desks;

import org.jspecify.annotations.NullMarked;
