/// How the doors read what is sent to them.
@NullMarked
package dev.tranche.server.bodies;

import org.jspecify.annotations.NullMarked;
